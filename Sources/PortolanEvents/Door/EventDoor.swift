import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where events come in: each is verified on its bytes, kept, and only then answered.
package struct EventDoor: Sendable {
  /// What a request is answered.
  package enum Answer: Sendable, Hashable {
    /// It is kept.
    case accepted
    /// It came before, and is kept or done already.
    case duplicate
    /// It is about nothing that is fetched.
    case ignored
    /// It is not seen that it is genuine.
    case refused(EventRefusal)
    /// It cannot be kept at the moment: it is to be sent again.
    case unavailable(EventQueueError)
  }

  private let source: String
  private let verifier: EventVerifier?
  private let fetcher: any EventFetcher
  private let kinds: Set<String>
  private let delivery: @Sendable (RawEvent) -> String?
  private let queue: any EventQueue
  private let clock: @Sendable () -> Double

  /// Creates a door.
  ///
  /// - Parameters:
  ///   - source: the integration.
  ///   - verifier: what sees whether an event is genuine; nil where everybody may send some.
  ///   - fetcher: what knows which objects an event is about.
  ///   - kinds: the kinds that are mapped.
  ///   - queue: what keeps events.
  ///   - clock: the time, in seconds since 1970.
  ///   - delivery: what names a delivery, the same when it comes again; nil where nothing does.
  package init(
    source: String, verifier: EventVerifier?, fetcher: any EventFetcher, kinds: Set<String>,
    queue: any EventQueue, clock: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
    delivery: @escaping @Sendable (RawEvent) -> String?
  ) {
    self.source = source
    self.verifier = verifier
    self.fetcher = fetcher
    self.kinds = kinds
    self.queue = queue
    self.clock = clock
    self.delivery = delivery
  }

  /// Takes a request in. When it is answered with ``Answer/accepted``, the event outlives the process.
  package func receive(_ event: RawEvent) async -> Answer {
    let now = clock()
    do throws(EventRefusal) {
      try verifier?.check(event, at: now)
    } catch {
      return .refused(error)
    }
    let content = content(of: event)
    if case .objects(let objects) = content, objects.isEmpty { return .ignored }
    let queued = QueuedEvent(
      source: source, delivery: delivery(event), receivedAt: now, event: event, content: content)
    do throws(EventQueueError) {
      return try await queue.add(queued) == .duplicate ? .duplicate : .accepted
    } catch {
      return .unavailable(error)
    }
  }

  private func content(of event: RawEvent) -> QueuedEvent.Content {
    do {
      return .objects(try fetcher.objects(of: event).filter { kinds.contains($0.kind) })
    } catch {
      return .notUnderstood("\(error)")
    }
  }
}
