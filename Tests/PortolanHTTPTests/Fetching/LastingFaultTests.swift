import Portolan
import TestServer
import Testing

@testable import PortolanHTTP

/// Faults that stay: what came before is given, and the kind ends with an error that names the request.
///
/// One after another: with a server for each case at the same time, the process would have too many open files for
/// Foundation to start others.
@Suite(.serialized) struct LastingFaultTests {
  /// What comes in the place of a page, each time.
  enum Fault: String, CaseIterable, Sendable {
    case serverError, forbidden, badRequest, gone, limited, unavailable, waitForHours
    case htmlPage, brokenJSON, textAfterJSON, cutBody, cutJSON, emptyBody
    case missingList, emptyObject, objectForList, textForList, numberForList, elementThatIsCut

    func steps(_ page: FaultyList.Page) -> [RawServer.Step] {
      switch self {
      case .serverError: page.answer(500, items: "[]")
      case .forbidden: page.answer(403, items: "[]")
      case .badRequest: page.answer(400, items: page.items)
      case .gone: page.answer(404, items: "[]")
      case .limited: page.answer(429, items: "[]")
      case .unavailable: page.answer(503, items: "[]")
      case .waitForHours: [.answer(429, "", headers: [("Retry-After", "86400")])]
      case .htmlPage:
        [.answer(200, "<!DOCTYPE html><title>Sign in</title>", headers: [("Content-Type", "text/html")])]
      case .brokenJSON: page.answer(items: #"[{"id": 2}, {"id" 3}]"#)
      case .textAfterJSON: [.answer(200, page.body() + "}", headers: page.headers)]
      case .cutBody: [.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n\(page.body())"), .close]
      case .cutJSON: [.send("HTTP/1.1 200 OK\r\n\r\n\(page.body().dropLast(2))"), .close]
      case .emptyBody: [.answer(200, "", headers: page.headers)]
      case .missingList: [.answer(200, #"{"error": "no", "total": 7}"#, headers: page.headers)]
      case .emptyObject: [.answer(200, "{}", headers: page.headers)]
      case .objectForList: page.answer(items: #"{"id": 2}"#)
      case .textForList: page.answer(items: #""none""#)
      case .numberForList: page.answer(items: "0")
      case .elementThatIsCut: page.answer(items: #"[{"id": 2}, {"id": 3]"#)
      }
    }

    /// What the error says.
    var text: String {
      switch self {
      case .serverError: "500 Internal Server Error"
      case .forbidden: "403 Forbidden"
      case .badRequest: "400 Bad Request"
      case .gone: "404 Not Found"
      case .limited: "429 Too Many Requests"
      case .unavailable: "503 Service Unavailable"
      case .waitForHours: "24 hours"
      case .htmlPage: "Sign in"
      case .brokenJSON, .textAfterJSON, .elementThatIsCut: "not the JSON that was expected"
      case .cutBody: "tried 4 times"
      case .cutJSON: "in the middle of its JSON (tried 4 times)"
      case .emptyBody: "it is empty; where that means that there are none, say so in fetcher.yml"
      case .missingList: "there is no list at `.items`: it is an object with `error`, `total`"
      case .emptyObject: "there is no list at `.items`"
      case .objectForList, .textForList, .numberForList: "there is no list at `.items`"
      }
    }
  }

  @Test(arguments: FaultyList.Style.allCases)
  func theKindIsNotComplete(_ style: FaultyList.Style) async throws {
    for fault in Fault.allCases {
      for place in [0, 2] {
        let list = FaultyList(style: style, ids: Array(0..<7)) { page, _, _ in
          page.range.lowerBound == place ? fault.steps(page) : nil
        }
        let run = try await list.read()
        let story = Comment(rawValue: "\(fault) at \(place): \(run.failures)")
        #expect(run.ids == (0..<place).map(String.init), story)
        #expect(run.failed(naming: list.name(of: place), fault.text), story)
        #expect(run.reports.map(\.isComplete) == [false], story)
      }
    }
  }

  @Test(arguments: FaultyList.Style.allCases)
  func aTokenThatIsRefusedInTheMiddleIsAnErrorThatHidesIt(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7))
    let run = try await FaultyList.read(list.list, authentication: { _ in .bearer("fixed-token-1") }) {
      request, number in
      number < 3 ? list.page(request).answer : [.answer(401, "fixed-token-1 has expired")]
    }
    #expect(run.ids == ["0", "1", "2", "3"])
    #expect(run.failed(naming: list.name(of: 4), "401 Unauthorized"), "\(run.failures)")
    #expect(!"\(run.failures)".contains("fixed-token-1"))
    #expect(run.requests.count == 3)
  }

  @Test(arguments: FaultyList.Style.allCases)
  func aServerThatGivesTheSamePageAgainIsFoundOut(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7))
    // It does not know the parameter, or does not read the body.
    let run = try await FaultyList.read(list.list) { request, number in
      guard number < 20 else { return [.answer(500, "asked too often")] }
      var first = request
      (first.target, first.body) = ("/things", "")
      return list.page(first).answer
    }
    #expect(run.ids == ["0", "1"])
    // A page of two where three were asked for may have been thinned out: what follows it is asked for once more.
    let request = style == .offset ? "GET {url}/things?offset=5&size=3" : list.name(of: 2)
    #expect(run.failed(naming: request, "came on a page before"), "\(run.failures)")
  }

  @Test(arguments: FaultyList.Style.allCases.filter(\.isLinked))
  func aCircleOfPagesIsFoundOut(_ style: FaultyList.Style) async throws {
    // Each answer is another one, as where an object tells when it was seen last.
    for leadsTo in [0, 2] {
      let list = FaultyList(style: style, ids: Array(0..<7)) { page, number, _ in
        guard number < 20 else { return [.answer(500, "asked too often")] }
        var page = page
        if page.range.lowerBound == 4 { page.next = leadsTo }
        return page.answer(
          items: "[\(page.ids.map { #"{"id": \#($0), "seen": \#(number)}"# }.joined(separator: ","))]")
      }
      let run = try await list.read()
      #expect(!run.isComplete && run.requests.count < 10)
      #expect("\(run.failures)".contains("leads back to a page that came before"), "\(run.failures)")
    }
  }

  @Test(arguments: FaultyList.Style.allCases.filter(\.isLinked))
  func aPageThatLeadsToItselfIsFoundOut(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7)) { page, number, _ in
      guard number < 20 else { return [.answer(500, "asked too often")] }
      var page = page
      if page.range.lowerBound == 2 { page.next = 2 }
      return page.answer(items: number == 2 ? page.items : "[]")
    }
    let run = try await list.read()
    #expect(!run.isComplete && run.failures.count == 1)
    #expect(!"\(run.failures)".contains("asked too often"), "\(run.failures)")
  }

  @Test(arguments: [FaultyList.Style.next, .link])
  func aLinkToAnotherHostIsFollowedWithoutCredentials(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<6))
    let (run, strangers) = try await RawServer.run { request, _ in
      list.page(request).answer
    } _: { other in
      let run = try await FaultyList.read(list.list, authentication: { _ in .bearer("fixed-token-1") }) {
        request, _ in
        var page = list.page(request)
        if page.range.lowerBound == 2 { page.url = other.url }
        return page.answer
      }
      return (run, other.requests)
    }
    #expect(run.ids == (0..<6).map(String.init))
    #expect(run.requests.allSatisfy { $0["authorization"] == "Bearer fixed-token-1" })
    #expect(strangers.map(\.target) == ["/things?from=4"])
    #expect(strangers.allSatisfy { !"\($0)".contains("fixed-token-1") && $0["authorization"] == nil })
  }

  @Test(arguments: [FaultyList.Style.offset, .page])
  func aListThatIsShorterThanItSaysIsAnError(_ style: FaultyList.Style) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7)) { page, _, _ in
      var page = page
      page.total = 9
      return page.answer
    }
    let run = try await list.read()
    #expect(run.ids == (0..<7).map(String.init))
    #expect(
      run.failed(
        naming: list.name(of: 8).replacing("offset=8", with: "offset=7"), "has 9 objects, and ended after 7"),
      "\(run.failures)")
  }

  @Test(arguments: FaultyList.Style.allCases, ["[]", "null"])
  func anEmptyPageInTheMiddleIsNotTheEnd(_ style: FaultyList.Style, _ items: String) async throws {
    let list = FaultyList(style: style, ids: Array(0..<7)) { page, _, _ in
      page.range.lowerBound == 2 ? page.answer(items: items) : nil
    }
    let run = try await list.read()
    if style.isLinked {
      #expect(run.ids == ["0", "1", "4", "5", "6"])
      #expect(run.isComplete, "\(run.failures)")
    } else {
      #expect(run.ids == ["0", "1"])
      #expect(run.failed(naming: list.name(of: 2), "has 7 objects, and ended after 2"), "\(run.failures)")
    }
  }

  @Test func aListBelowSomethingThatIsNullIsMissing() async throws {
    for (body, isEmpty) in [
      (#"{"data": {"things": {"nodes": null}}}"#, true), (#"{"data": {"things": null}}"#, false),
      (#"{"data": null}"#, false), ("null", false), (#"{"data": {"things": {"nodes": []}}}"#, true),
    ] {
      let run = try await FaultyList.read("{get: /things, items: .data.things.nodes}") { _, _ in
        [.answer(200, body)]
      }
      #expect(run.isComplete == isEmpty, "\(body): \(run.failures)")
      if !isEmpty { #expect(run.failed(naming: "GET {url}/things", "no list at `.data.things.nodes`")) }
    }
  }

  @Test func anEmptyAnswerIsNoneWhereItSaysSo() async throws {
    let none = try await FaultyList.read("{get: /things, items: .items}") { _, _ in
      [.send("HTTP/1.1 204 No Content\r\n\r\n")]
    }
    #expect(none.ids.isEmpty && none.isComplete && none.requests.count == 1)
    let known = try await FaultyList.read("{get: /things, items: .items, none: .body == null}") { _, _ in
      [.answer(200, "")]
    }
    #expect(known.ids.isEmpty && known.isComplete && known.requests.count == 1)
  }

  /// Of two lists of one name it cannot be told which is meant; of an object's members the last one counts.
  @Test func aListThatComesTwiceInAnAnswerIsAnError() async throws {
    let twice = try await FaultyList.read("{get: /things, items: .items}") { _, _ in
      [.answer(200, #"{"items": [{"id": 1}], "items": [{"id": 2}]}"#)]
    }
    #expect(twice.failed(naming: "GET {url}/things", "not the JSON that was expected"), "\(twice.failures)")
    let member = try await FaultyList.read("{get: /things, items: .items}") { _, _ in
      [.answer(200, #"{"items": [{"id": 3, "id": 4}]}"#)]
    }
    #expect(member.ids == ["4"] && member.isComplete)
  }

  @Test(arguments: FaultyList.Style.allCases)
  func aListOfMorePagesThanAreWantedIsNotComplete(_ style: FaultyList.Style) async throws {
    for (count, isComplete) in [(7, false), (4, true), (3, true)] {
      let list = FaultyList(style: style, ids: Array(0..<count))
      let cut = list.list.replacing("paging: {", with: "paging: {pages: 2, ")
      let run = try await FaultyList.read(cut) { request, _ in list.page(request).answer }
      #expect(run.ids == (0..<min(4, count)).map(String.init))
      #expect(run.isComplete == isComplete)
      let found = run.reports.flatMap(\.diagnostics)
      #expect(found.map(\.rule) == (isComplete ? [] : [.limitedFetch]))
      #expect(
        isComplete
          || found.contains { $0.message.contains(list.name(of: 2).replacing("{url}", with: run.url)) })
    }
  }

  @Test func ofWhatIsJoinedNoMorePagesThanAreWantedAreAskedFor() async throws {
    let run = try await FaultyList.read(
      "{get: /things, items: ., join: {parts: {get: '/parts/{{ .id }}', items: ., paging: {link: next, pages: 1}}}}"
    ) { request, _ in
      request.target == "/things"
        ? [.answer(200, #"[{"id": 1}]"#)]
        : [.answer(200, "[1]", headers: [("Link", "</parts/1?page=2>; rel=next")])]
    }
    #expect(run.ids == ["1"] && run.isComplete && run.requests.count == 2, "\(run.reports)")
  }
}
