import Foundation
import Portolan
import PortolanCatalog
import Synchronization
import TestSupport
import Testing

@testable import PortolanEvents

/// A clock that stands still until it is set.
final class SetClock: Sendable {
  private let time = Mutex((shown: 1_764_000_000.0, elapsed: 0.0))

  /// What it shows, in seconds since 1970.
  var now: Double { time.withLock { $0.shown } }
  /// How many seconds have passed, whatever it shows.
  var elapsed: Double { time.withLock { $0.elapsed } }

  /// Lets time pass.
  func advance(_ seconds: Double) {
    time.withLock {
      $0.shown += seconds
      $0.elapsed += seconds
    }
  }

  /// Has it show another time.
  func set(ahead seconds: Double) { time.withLock { $0.shown += seconds } }
}

enum Inboxes {
  static let owner = Datasource(type: "jira", identifier: "my-jira")

  static func open(
    _ path: String, _ clock: SetClock = SetClock(), limits: EventInbox.Limits = EventInbox.Limits()
  ) throws -> EventInbox {
    try EventInbox(
      path: path, for: owner, limits: limits, clock: { clock.now }, elapsed: { clock.elapsed })
  }

  static func event(
    _ key: String, _ delivery: String? = nil, deleted: Bool = false, at time: Double = 1_764_000_000
  ) -> QueuedEvent {
    let object = EventObject(
      kind: "issue", key: key, json: Array(#"{"id":"\#(key)"}"#.utf8), isDeleted: deleted)
    return QueuedEvent(
      source: "jira", delivery: delivery, receivedAt: time, event: RawEvent(body: object.json),
      content: .objects([object]))
  }
}

@Suite struct EventInboxTests {
  @Test func givesOutWhatItTook() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    #expect(try await inbox.add(Inboxes.event("1", "a")) == .kept)
    let work = try await inbox.take(10)
    #expect(work.map(\.object.key) == ["1"])
    #expect(await inbox.state.events == 1)
    try await inbox.finish(#require(work.first))
    #expect(await inbox.state == InboxCounts.none)
    await inbox.close()
  }

  @Test func knowsADeliveryThatComesAgain() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    var inbox = try Inboxes.open(path)
    #expect(try await inbox.add(Inboxes.event("1", "a")) == .kept)
    #expect(try await inbox.add(Inboxes.event("1", "a")) == .duplicate)
    #expect(try await inbox.add(Inboxes.event("1", nil)) == .kept)
    for work in try await inbox.take(10) { try await inbox.finish(work) }
    #expect(try await inbox.add(Inboxes.event("1", "a")) == .duplicate)
    await inbox.close()
    inbox = try Inboxes.open(path)
    #expect(try await inbox.add(Inboxes.event("1", "a")) == .duplicate)
    #expect(await inbox.state == InboxCounts.none)
    await inbox.close()
  }

  @Test func makesOneWorkOfManyEventsOfAnObject() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    for _ in 0..<5 { _ = try await inbox.add(Inboxes.event("1")) }
    _ = try await inbox.add(Inboxes.event("1", deleted: true))
    let work = try #require(try await inbox.take(10).first)
    #expect(work.numbers.count == 6)
    #expect(work.object.isDeleted)
    // What comes while it is worked on is given out afterwards, and not before.
    _ = try await inbox.add(Inboxes.event("1"))
    _ = try await inbox.add(Inboxes.event("2"))
    let other = try await inbox.take(10)
    #expect(other.map(\.object.key) == ["2"])
    try await inbox.finish(work)
    let rest = try #require(try await inbox.take(10).first)
    #expect(rest.object.key == "1")
    #expect(rest.numbers.count == 1)
    #expect(!rest.object.isDeleted)
    await inbox.close()
  }

  @Test func givesOutAgainWhatWasNotFinished() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/events.db"
    var inbox = try Inboxes.open(path)
    _ = try await inbox.add(Inboxes.event("1", "a"))
    #expect(try await inbox.take(10).count == 1)
    await inbox.close()
    inbox = try Inboxes.open(path)
    #expect(try await inbox.take(10).map(\.object.key) == ["1"])
    await inbox.close()
  }

  @Test func waitsBeforeItGivesOutAgainWhatFailed() async throws {
    let folder = try TemporaryFolder()
    let clock = SetClock()
    let inbox = try Inboxes.open(folder.path + "/events.db", clock)
    _ = try await inbox.add(Inboxes.event("1"))
    let work = try #require(try await inbox.take(10).first)
    try await inbox.retry(work, after: 60, because: "the API is away")
    _ = try await inbox.add(Inboxes.event("2"))
    #expect(try await inbox.take(10).map(\.object.key) == ["2"])
    clock.advance(61)
    let again = try #require(try await inbox.take(10).first)
    #expect(again.object.key == "1")
    #expect(again.attempts == 1)
    await inbox.close()
  }

  @Test(
    "a clock that is set has nothing wait for it", .timeLimit(.minutes(1)),
    arguments: [-86_400.0, -30, 30, 86_400])
  func clockThatIsSet(ahead seconds: Double) async throws {
    let folder = try TemporaryFolder()
    let clock = SetClock()
    let path = folder.path + "/events.db"
    var inbox = try Inboxes.open(path, clock)
    _ = try await inbox.add(Inboxes.event("1", at: clock.now))
    clock.set(ahead: seconds)
    _ = try await inbox.add(Inboxes.event("2", at: clock.now))
    let work = try await inbox.take(10)
    #expect(Set(work.map(\.object.key)) == ["1", "2"])
    for one in work { try await inbox.retry(one, after: 60, because: "the API is away") }
    clock.set(ahead: seconds)
    clock.advance(61)
    #expect(try await inbox.take(10).count == 2)
    await inbox.close()
    // The next process reads another time than this one.
    clock.set(ahead: seconds)
    inbox = try Inboxes.open(path, clock)
    clock.advance(600)
    #expect(try await inbox.take(10).count == 2)
    await inbox.close()
  }

  @Test func keepsWhatWasGivenUpOrNotUnderstood() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    _ = try await inbox.add(Inboxes.event("1"))
    try await inbox.bury(#require(try await inbox.take(10).first), because: "422")
    let headers = ["x-event": "push", "authorization": "s3cret", "x-hub-signature": "s3cret"]
    _ = try await inbox.add(
      QueuedEvent(
        source: "jira", delivery: "b", receivedAt: 5,
        event: RawEvent(headers: headers, body: Array("?".utf8)),
        content: .notUnderstood("`.body` is no object")))
    #expect(await inbox.state == InboxCounts.none)
    let letters = try await DeadLetters(inbox: inbox).list()
    #expect(letters.map(\.error) == ["422", "`.body` is no object"])
    #expect(letters.map(\.object?.key) == ["1", nil])
    #expect(letters[1].event?.headers == ["x-event": "push"])
    #expect(letters[1].event?.body == Array("?".utf8))
    await inbox.close()
  }

  @Test func putsADeadLetterBack() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    _ = try await inbox.add(Inboxes.event("1", deleted: true))
    try await inbox.bury(#require(try await inbox.take(10).first), because: "422")
    let letters = DeadLetters(inbox: inbox)
    let letter = try #require(try await letters.list().first)
    #expect(try await letters.retry([letter.number]) == 1)
    #expect(try await letters.list().isEmpty)
    let work = try #require(try await inbox.take(10).first)
    #expect(work.object.key == "1")
    #expect(work.object.isDeleted)
    #expect(work.attempts == 0)
    try await inbox.bury(work, because: "422")
    #expect(try await letters.drop(try await letters.list().map(\.number)) == 1)
    #expect(try await letters.list().isEmpty)
    await inbox.close()
  }

  @Test func takesNoMoreThanItHolds() async throws {
    let folder = try TemporaryFolder()
    var limits = EventInbox.Limits()
    limits.events = 3
    let inbox = try Inboxes.open(folder.path + "/events.db", limits: limits)
    for key in 0..<3 { _ = try await inbox.add(Inboxes.event("\(key)")) }
    await #expect(throws: EventQueueError.full) { _ = try await inbox.add(Inboxes.event("4")) }
    try await inbox.finish(#require(try await inbox.take(1).first))
    _ = try await inbox.add(Inboxes.event("4"))
    await inbox.close()
  }

  @Test func isOpenInOneProcessAtATime() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    #expect(throws: EventQueueError.self) { try Inboxes.open(folder.path + "/events.db") }
    await inbox.close()
  }

  @Test func saysThatAFileIsNoQueue() throws {
    let folder = try TemporaryFolder()
    try Data("no database at all, but long enough to be looked at as one".utf8)
      .write(to: URL(filePath: folder.path + "/events.db"))
    #expect(throws: EventQueueError.self) { try Inboxes.open(folder.path + "/events.db") }
    #expect(throws: EventQueueError.self) { try Inboxes.open(folder.path + "/there/is/none.db") }
  }

  @Test func writesManyTogether() async throws {
    let folder = try TemporaryFolder()
    let inbox = try Inboxes.open(folder.path + "/events.db")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<2000 {
        group.addTask { _ = try await inbox.add(Inboxes.event("\(number % 700)", "\(number)")) }
      }
      try await group.waitForAll()
    }
    #expect(await inbox.state.events == 2000)
    var keys: Set<String> = []
    var events = 0
    while await inbox.state.events > 0 {
      for work in try await inbox.take(50) {
        keys.insert(work.object.key)
        events += work.numbers.count
        try await inbox.finish(work)
      }
    }
    #expect(keys.count == 700)
    #expect(events == 2000)
    await inbox.close()
  }
}
