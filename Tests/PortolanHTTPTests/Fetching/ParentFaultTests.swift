import TestServer
import Testing

@testable import PortolanHTTP

/// Faults in what a kind is asked once for, and in what is asked for each object.
@Suite(.serialized) struct ParentFaultTests {
  /// Four groups on two pages, each with two things.
  private static let thing = #"""
    {parent: group, get: "/groups/{{ parent.id }}/things", items: ., none: .status == 404, paging: {link: next}}
    """#
  private static let group =
    "  group: {get: /groups, items: .items, paging: {offset: offset, limit: size, size: 2, total: .body.total}}\n"

  /// What the server answers where nothing is wrong.
  private static func answer(_ target: String) -> [RawServer.Step] {
    switch target {
    case "/groups?offset=0&size=2": [.answer(200, #"{"total": 4, "items": [{"id": 1}, {"id": 2}]}"#)]
    case "/groups?offset=2&size=2": [.answer(200, #"{"total": 4, "items": [{"id": 3}, {"id": 4}]}"#)]
    default:
      [
        .answer(
          200,
          "[\(target.split(separator: "/").dropFirst().first.map { "{\"id\": \($0)0}, {\"id\": \($0)1}" } ?? "")]"
        )
      ]
    }
  }

  private func read(
    attempts: Int = 12, _ fault: @escaping @Sendable (String, Int) -> [RawServer.Step]?
  ) async throws -> FaultyRun {
    try await FaultyList.read(
      Self.thing, others: Self.group,
      limits: APILimits(concurrency: 3, timeout: .seconds(20), attempts: attempts)
    ) { request, number in fault(request.target, number) ?? Self.answer(request.target) }
  }

  @Test func everyThingOfEveryGroupComesInOrder() async throws {
    let run = try await read { _, _ in nil }
    #expect(run.ids == ["10", "11", "20", "21", "30", "31", "40", "41"])
    #expect(run.isComplete)
  }

  @Test func aParentListThatBreaksOffLeavesWhatItGaveAndAnError() async throws {
    for (fault, text) in [
      (RawServer.Step.answer(500, "no"), "was answered with 500"),
      (.answer(200, #"{"total": 4, "items": []}"#), "4 objects, and ended after 2"),
      (.answer(200, "<html>"), "was answered with what cannot be used"),
    ] {
      let run = try await read { target, _ in target == "/groups?offset=2&size=2" ? [fault] : nil }
      #expect(run.ids == ["10", "11", "20", "21"])
      #expect(run.failed(naming: "GET {url}/groups?offset=2&size=2", text), "\(run.failures)")
    }
  }

  @Test func aParentListThatFailsAtOnceIsAnError() async throws {
    let run = try await read { target, _ in target.hasPrefix("/groups?") ? [.answer(403, "no")] : nil }
    #expect(run.ids.isEmpty)
    #expect(run.failed(naming: "GET {url}/groups?offset=0&size=2", "403 Forbidden"), "\(run.failures)")
  }

  @Test func aGroupWhoseThingsFailLeavesThoseOfTheOthers() async throws {
    for fault in [
      RawServer.Step.answer(500, "no"), .answer(403, "no"), .answer(200, "<html>"),
      .answer(200, #"[{"id" 20}]"#), .close,
    ] {
      let run = try await read { target, _ in target == "/groups/2/things" ? [fault] : nil }
      #expect(run.ids == ["10", "11", "30", "31", "40", "41"])
      #expect(run.failed(naming: "GET {url}/groups/2/things"), "\(run.failures)")
    }
  }

  @Test func severalGroupsThatFailAreCounted() async throws {
    let run = try await read { target, _ in
      ["/groups/1/things", "/groups/4/things"].contains(target) ? [.answer(500, "no")] : nil
    }
    #expect(run.ids == ["20", "21", "30", "31"])
    #expect(
      run.failed(naming: "GET {url}/groups/1/things", "1 other request of this kind failed too"),
      "\(run.failures)")
  }

  @Test func aGroupThatHasNoneIsNoFault() async throws {
    let run = try await read { target, _ in target == "/groups/2/things" ? [.answer(404, "no things")] : nil }
    #expect(run.ids == ["10", "11", "30", "31", "40", "41"])
    #expect(run.isComplete, "\(run.failures)")
  }

  @Test func aTokenThatIsRefusedEndsTheKind() async throws {
    let run = try await read { target, _ in target == "/groups/2/things" ? [.answer(401, "no")] : nil }
    #expect(run.ids.starts(with: ["10", "11"]))
    #expect(!run.ids.contains("20"))
    #expect(run.failed(naming: "GET {url}/groups/2/things", "401 Unauthorized"), "\(run.failures)")
  }

  @Test func whatPassesInAGroupIsAskedForAgain() async throws {
    for fault in [
      RawServer.Step.answer(503), .answer(429, "", headers: [("Retry-After", "2")]), .close,
      .answer(200, #"[{"id": 10}, {"#),
    ] {
      let run = try await read { target, number in
        number.isMultiple(of: 2) && !target.hasPrefix("/groups?") ? [fault] : nil
      }
      #expect(run.ids == ["10", "11", "20", "21", "30", "31", "40", "41"])
      #expect(run.isComplete, "\(run.failures)")
      #expect(run.requests.count > 6)
    }
  }

  /// Things whose parts are asked for, one by one.
  private static let joined = #"""
    {get: /things, items: ., paging: {link: next}, join: {__parts: {get: "/things/{{ .id }}/parts", items: .parts, paging: {page: page, total: .body.total}}}}
    """#

  @Test func aJoinThatFailsIsAnErrorAndNoThingComesWithoutItsParts() async throws {
    for (fault, page) in [
      (RawServer.Step.answer(500, "no"), 1), (.answer(200, #"{"parts": {}}"#), 1),
      (.answer(200, #"{"total": 9, "parts": [1]}"#), 2),
    ] {
      let run = try await FaultyList.read(Self.joined) { request, _ in
        switch request.target {
        case "/things": [.answer(200, #"[{"id": 1}]"#, headers: [("Link", "</things?from=1>; rel=next")])]
        case "/things?from=1": [.answer(200, #"[{"id": 2}, {"id": 3}]"#)]
        case "/things/3/parts?page=1": [fault]
        case "/things/3/parts?page=2": [.answer(200, #"{"total": 9, "parts": []}"#)]
        default: [.answer(200, #"{"total": 1, "parts": [{"id": 1}]}"#)]
        }
      }
      #expect(run.ids.starts(with: ["1"]) && !run.ids.contains("3"))
      #expect(run.failed(naming: "GET {url}/things/3/parts?page=\(page)"), "\(run.failures)")
    }
  }

  @Test func aJoinIsAskedForAgain() async throws {
    let run = try await FaultyList.read(Self.joined) { request, number in
      if number == 2 { return [.close] }
      return request.target == "/things"
        ? [.answer(200, #"[{"id": 1}, {"id": 2}]"#)] : [.answer(200, #"{"total": 1, "parts": [{"id": 1}]}"#)]
    }
    #expect(run.ids == ["1", "2"])
    #expect(run.isComplete && run.requests.count == 4)
  }
}
