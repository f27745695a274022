import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PortolanEvents
import Testing

@testable import PortolanService

@Suite struct EventRouteTests {
  private static let path = "/integration/webhook"
  private static let known = ["x-secret": ServiceBench.secret]
  private static let issue = #"{"issue":{"key":"A-1"}}"#

  @Test func answersWhatBecameOfAnEvent() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      let delivery = Self.known.merging(["x-delivery": "d1"]) { $1 }
      let first = try await client.send(.post, Self.path, Self.issue, delivery)
      #expect(first.status == 202 && first.body == #"{"status":"accepted"}"#)
      let again = try await client.send(.post, Self.path, Self.issue, delivery)
      #expect(again.status == 202 && again.body == #"{"status":"duplicate"}"#)
      let other = try await client.send(.post, Self.path, #"{"other":1}"#, Self.known)
      #expect(other.status == 202 && other.body == #"{"status":"ignored"}"#)
      #expect(bench.queue.events.map(\.delivery) == ["d1"])
      let text = try MetricText(try await client.send(.get, "/metrics").body)
      for answer in ["accepted", "duplicate", "ignored"] {
        #expect(text["portolan_events_received_total", ["answer": answer]] == 1)
      }
      #expect(text["portolan_event_answer_seconds_count", [:]] == 3)
    }
  }

  @Test func keepsWhatItDoesNotUnderstand() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      for body in ["{", "", "\u{FEFF}{}", #"{"issue":{}}"#] {
        let answer = try await client.send(.post, Self.path, body, Self.known)
        #expect(answer.status == 202)
      }
      #expect(bench.queue.events.count == 4)
      for event in bench.queue.events {
        if case .objects = event.content { Issue.record("it is understood") }
      }
    }
  }

  @Test func refusesWhatIsNotGenuineAndTellsNothing() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      for headers in [[:], ["x-secret": ""], ["x-secret": "guess"], ["x-secret": ServiceBench.secret + "x"]] {
        let answer = try await client.send(.post, Self.path, Self.issue, headers)
        #expect(answer.status == 401)
        #expect(answer.body == #"{"error":"the request is not seen to be genuine"}"#)
      }
      #expect(bench.queue.events.isEmpty)
      // One line for all of them, without what was sent.
      #expect(bench.lines.all == ["warning: an event was refused: it has no header `x-secret`"])
    }
  }

  @Test(arguments: [EventQueueError.full, .unavailable("the disk is full"), .closed])
  func asksToSendItAgain(problem: EventQueueError) async throws {
    let bench = ServiceBench()
    bench.queue.fail(problem)
    try await bench.run { client in
      let answer = try await client.send(.post, Self.path, Self.issue, Self.known)
      #expect(answer.status == 503 && answer.headers[.retryAfter] == "30")
      #expect(answer.body == #"{"error":"the event could not be kept; send it again"}"#)
      #expect(bench.lines.all == ["error: events are not taken at the moment: \(problem)"])
    }
  }

  @Test func refusesWhatIsTooLarge() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      let body = String(repeating: " ", count: EventRoutes.largest + 1)
      let answer = try await client.send(.post, Self.path, body, Self.known)
      #expect(answer.status == 413 && bench.queue.events.isEmpty)
    }
  }

  @Test func takesEventsByPostAlone() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      for method in [HTTPRequest.Method.get, .head, .put, .delete, .patch] {
        let answer = try await client.send(method, Self.path, "", Self.known)
        #expect([404, 405].contains(answer.status), "\(method)")
      }
      #expect(bench.queue.events.isEmpty)
    }
  }

  @Test func isBelowItsPrefixAtItsPath() async throws {
    let bench = ServiceBench()
    try await bench.run {
      $0.pathPrefix = "/teams/jira"
      $0.eventPath = "/hooks/all"
    } _: { client in
      let there = try await client.send(.post, "/teams/jira/integration/hooks/all", Self.issue, Self.known)
      #expect(there.status == 202)
      for path in ["/integration/hooks/all", "/teams/jira/integration/webhook", "/teams/jira/hooks/all"] {
        let answer = try await client.send(.post, path, Self.issue, Self.known)
        #expect(answer.status == 404 && answer.body == #"{"error":"Not Found"}"#)
      }
    }
  }

  @Test func takesNoEventsWithoutADoor() async throws {
    let bench = ServiceBench()
    try await bench.run {
      $0.door = nil
    } _: { client in
      let event = try await client.send(.post, Self.path, Self.issue, Self.known)
      let resync = try await client.send(.post, "/resync")
      #expect(event.status == 404 && resync.status == 404)
    }
  }
}
