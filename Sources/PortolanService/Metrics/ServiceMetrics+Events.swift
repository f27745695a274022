import PortolanEvents

extension ServiceMetrics {
  /// What counts what became of objects of events.
  package static func count(in metrics: MetricRegistry) -> @Sendable (WorkNotice) -> Void {
    { notice in
      let kind = notice.work.object.kind
      metrics.observe(notice.seconds, in: working)
      switch notice.outcome {
      case .applied(let effect):
        metrics.add(to: worked, kind, "applied")
        metrics.add(Double(effect.written.count), to: entities, "written")
        metrics.add(Double(effect.deleted.count), to: entities, "deleted")
        metrics.observe(max(0, ServiceClock.now - notice.work.receivedAt), in: delay)
      case .retried: metrics.add(to: worked, kind, "retried")
      case .buried: metrics.add(to: worked, kind, "buried")
      }
    }
  }
}
