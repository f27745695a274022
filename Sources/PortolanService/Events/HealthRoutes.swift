import HTTPTypes
import Hummingbird
import PortolanEvents

/// Whether the service lives, whether it can work, and its metrics: as Ocean has them.
struct HealthRoutes {
  let health: HealthState
  let metrics: MetricRegistry
  /// What is looked up when metrics are read.
  let refresh: @Sendable () async -> Void

  func add(to router: some RouterMethods<BasicRequestContext>) {
    router.get("health/live") { _, _ in Self.answer(.ok, "healthy", "live", []) }
    router.get("health/ready") { _, _ in
      let problems = health.problems
      return problems.isEmpty
        ? Self.answer(.ok, "healthy", "ready", [])
        : Self.answer(.serviceUnavailable, "not_ready", "ready", problems)
    }
    router.get("metrics") { _, _ in
      await refresh()
      metrics.set(ServiceMetrics.ready, to: health.problems.isEmpty ? 1 : 0)
      if let bytes = ResidentMemory.bytes { metrics.set(ServiceMetrics.memory, to: Double(bytes)) }
      return Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
    }
  }

  private static func answer(
    _ status: HTTPResponse.Status, _ word: String, _ check: String, _ problems: [String]
  ) -> Response {
    Response.json(status) { body in
      body.add("status", text: word)
      body.add("check", text: check)
      guard !problems.isEmpty else { return }
      body.key("problems")
      body.array { list in for problem in problems { list.text(problem) } }
    }
  }
}
