import Portolan

/// Where live events wait until what they are about is in the catalog.
///
/// What was added is kept until it is finished or buried, whatever happens to the process; it may be given out again
/// after a crash. Work of one object is given out once at a time.
package protocol EventQueue: Sendable {
  /// Keeps an event. When this returns, the event outlives the process and the machine's power.
  ///
  /// - Throws: ``EventQueueError``.
  func add(_ event: QueuedEvent) async throws(EventQueueError) -> Admission

  /// Some work, as much as there is and at most `limit`; waits where there is none.
  ///
  /// - Returns: nothing where the task was cancelled.
  func take(_ limit: Int) async throws(EventQueueError) -> [EventWork]

  /// Says that work is done: it is not given out again.
  func finish(_ work: EventWork) async throws(EventQueueError)

  /// Puts work back for a while.
  func retry(_ work: EventWork, after seconds: Double, because error: String) async throws(EventQueueError)

  /// Gives work up: it stays among the dead letters until somebody looks at it.
  func bury(_ work: EventWork, because error: String) async throws(EventQueueError)

  /// What waits at the moment, as far as this process knows.
  var state: InboxCounts { get async }

  /// How many dead letters there are; nil where that is not known.
  var deadLetters: Int? { get async }

  /// Takes nothing more, and ends when what is under way is done.
  func close() async
}

/// What became of an event that was brought to a queue.
package enum Admission: Sendable, Hashable {
  /// It is kept.
  case kept
  /// It came before.
  case duplicate
}

/// An event that is to be kept, and what it is about.
package struct QueuedEvent: Sendable, Hashable {
  /// The integration that it is for.
  package var source: String
  /// What names its delivery; nil where nothing does.
  package var delivery: String?
  /// When it came, in seconds since 1970.
  package var receivedAt: Double
  /// The request.
  package var event: RawEvent
  /// What it is about; a failure where that is not known.
  package var content: Content

  /// What an event is about.
  package enum Content: Sendable, Hashable {
    /// These objects.
    case objects([EventObject])
    /// What kept it from being understood: it is kept as a dead letter.
    case notUnderstood(String)
  }

  /// Creates an event.
  package init(
    source: String, delivery: String?, receivedAt: Double, event: RawEvent, content: Content
  ) {
    self.source = source
    self.delivery = delivery
    self.receivedAt = receivedAt
    self.event = event
    self.content = content
  }
}

/// All that waits of one object.
package struct EventWork: Sendable, Hashable {
  /// The integration that it is for.
  package var source: String
  /// The object, as the last of its events has it.
  package var object: EventObject
  /// The queue's numbers of what is finished with it.
  package var numbers: [Int64]
  /// When the first of its events came, in seconds since 1970.
  package var receivedAt: Double
  /// How many bytes its events hold.
  package var bytes = 0
  /// How often it was tried before.
  package var attempts: Int

  /// Creates work.
  package init(source: String, object: EventObject, numbers: [Int64], receivedAt: Double, attempts: Int) {
    self.source = source
    self.object = object
    self.numbers = numbers
    self.receivedAt = receivedAt
    self.attempts = attempts
  }
}

/// What keeps a queue from its work.
package enum EventQueueError: Error, Sendable, Hashable {
  /// It holds as much as it may.
  case full
  /// It cannot be written or read.
  case unavailable(String)
  /// It was closed.
  case closed
}

extension EventQueueError: CustomStringConvertible {
  /// What is wrong.
  package var description: String {
    switch self {
    case .full: "the queue of events is full"
    case .unavailable(let problem): "the queue of events failed: \(problem)"
    case .closed: "the queue of events is closed"
    }
  }
}
