import RawJSON
import Synchronization
import TestServer
import TestSupport

@testable import Portolan
@testable import PortolanHTTP

/// A list of objects, asked for in one of the styles that APIs have, by a server that does what a test wants wrong.
struct FaultyList: Sendable {
  /// How the next page is asked for.
  enum Style: String, CaseIterable, Sendable {
    case offset, page, cursor, bodyCursor, next, link

    /// Whether an answer says where the next page is; otherwise the number of objects, or their total, tells it.
    var isLinked: Bool { self != .offset && self != .page }
  }

  /// The page that a request asks for.
  struct Page: Sendable {
    /// Which objects, by their place in the list.
    var range: Range<Int>
    /// Their numbers.
    var ids: ArraySlice<Int>
    /// What the whole list has.
    var total: Int
    /// Where the next page begins, nil for the last.
    var next: Int?
    var style: Style
    var url: String

    /// The objects as JSON.
    var items: String { "[\(ids.map { #"{"id": \#($0)}"# }.joined(separator: ", "))]" }

    /// The headers of the answer.
    var headers: [(String, String)] {
      guard style == .link, let next else { return [] }
      return [("Link", "<\(url)/things?from=0>; rel=\"first\", <\(url)/things?from=\(next)>; rel=\"next\"")]
    }

    /// The body of the answer, around a list of objects.
    func body(_ items: String? = nil) -> String {
      let members: [String?] = [
        #""items": \#(items ?? self.items)"#,
        style.isLinked ? nil : #""total": \#(total)"#,
        style == .next ? #""next": \#(next.map { #""\#(url)/things?from=\#($0)""# } ?? "null")"# : nil,
        style == .cursor || style == .bodyCursor ? #""next": \#(next.map { #""c\#($0)""# } ?? "null")"# : nil,
      ]
      return "{\(members.compactMap { $0 }.joined(separator: ", "))}"
    }

    /// The whole answer.
    var answer: [RawServer.Step] { [.answer(200, body(), headers: headers)] }

    /// The answer with another status, or another body.
    func answer(_ status: Int = 200, items: String) -> [RawServer.Step] {
      [.answer(status, body(items), headers: headers)]
    }
  }

  /// What is answered to a request in the place of its page; nil for the page. Requests are counted from 1, and those
  /// of the same page, in a row, too.
  typealias Fault = @Sendable (_ page: Page, _ number: Int, _ repetition: Int) -> [RawServer.Step]?

  var style: Style
  var ids: [Int]
  /// How many objects the server puts on a page at most.
  var pageLimit = 2
  /// How many the fetcher asks for.
  var size = 3
  var fault: Fault = { _, _, _ in nil }

  /// The kind in `fetcher.yml`.
  var list: String {
    switch style {
    case .offset, .page:
      "{get: /things, items: .items, paging: {\(style): \(style), limit: size, size: \(size), total: .body.total}}"
    case .cursor:
      "{get: /things, items: .items, paging: {cursor: .body.next, parameter: cursor, limit: size, size: \(size)}}"
    case .bodyCursor:
      "{post: /things, body: {q: all}, items: .items, "
        + "paging: {cursor: .body.next, parameter: cursor, in: body, limit: size, size: \(size)}}"
    case .next: "{get: /things, items: .items, paging: {next: .body.next}}"
    case .link: "{get: /things, items: .items, paging: {link: next}}"
    }
  }

  /// How the request of the page that begins at a place is named in errors.
  func name(of place: Int) -> String {
    switch style {
    case .offset: "GET {url}/things?offset=\(place)&size=\(size)"
    case .page: "GET {url}/things?page=\(place / min(size, pageLimit) + 1)&size=\(size)"
    case .cursor: "GET {url}/things?\(place == 0 ? "" : "cursor=c\(place)&")size=\(size)"
    case .bodyCursor: "POST {url}/things"
    case .next, .link: "GET {url}/things\(place == 0 ? "" : "?from=\(place)")"
    }
  }

  /// The page that a request asks for.
  func page(_ request: RawServer.Request) -> Page {
    let limit = min(style == .next || style == .link ? size : number("size", request) ?? size, pageLimit)
    let start =
      switch style {
      case .offset: number("offset", request) ?? 0
      case .page: ((number("page", request) ?? 1) - 1) * limit
      case .cursor, .bodyCursor: number("cursor", request) ?? 0
      case .next, .link: number("from", request) ?? 0
      }
    let range = min(start, ids.count)..<min(start + limit, ids.count)
    return Page(
      range: range, ids: ids[range], total: ids.count,
      next: range.upperBound < ids.count ? range.upperBound : nil, style: style,
      url: "http://\(request["host"] ?? "")")
  }

  private func number(_ name: String, _ request: RawServer.Request) -> Int? {
    if style == .bodyCursor {
      let value = (try? JSONView(validating: Array(request.body.utf8)))?[name]
      return (value?.text?.dropFirst()).map(String.init).flatMap(Int.init)
        ?? value?.number.flatMap { Int($0) }
    }
    let query = request.target.split(separator: "?").dropFirst().first ?? ""
    for part in query.split(separator: "&") where part.hasPrefix("\(name)=") {
      return Int(part.dropFirst(name.count + 1).trimmingPrefix("c"))
    }
    return nil
  }
}

/// What reading a list came to, through the pipeline.
struct FaultyRun: Sendable {
  /// The objects that became entities, in order.
  var ids: [String]
  var reports: [ResourceReport]
  var requests: [RawServer.Request]
  /// How long the client waited, in seconds, each time.
  var waits: [Double]
  var url: String

  var isComplete: Bool { reports.allSatisfy(\.isComplete) }
  /// What went wrong with fetching.
  var failures: [Diagnostic] { reports.flatMap(\.diagnostics).filter { $0.rule == .fetchFailed } }

  /// Whether the run ended with an error that names a request and says what was wrong with it.
  func failed(naming request: String, _ text: String? = nil) -> Bool {
    let name = request.replacing("{url}", with: url)
    return !isComplete && failures.count == 1 && failures[0].message.contains("\(name) ")
      && failures[0].message.contains(text ?? request.replacing("{url}", with: url))
  }
}

extension FaultyList {
  /// Reads the list.
  func read(_ limits: APILimits = APILimits(timeout: .seconds(20), attempts: 4)) async throws -> FaultyRun {
    let counts = Mutex((last: "", count: 0))
    return try await Self.read(list, limits: limits) { request, number in
      let count = counts.withLock { state in
        let line = request.target + request.body
        state = state.last == line ? (line, state.count + 1) : (line, 1)
        return state.count
      }
      let page = page(request)
      return fault(page, number, count) ?? page.answer
    }
  }

  /// Reads a list of kind `thing` through a client whose waits take no time.
  static func read(
    _ list: String, others: String = "",
    authentication: @escaping @Sendable (String) -> Authentication = { _ in .none },
    limits: APILimits = APILimits(timeout: .seconds(20), attempts: 4), _ answer: @escaping RawServer.Answer
  ) async throws -> FaultyRun {
    let time = TestClock()
    return try await RawServer.run(answer: answer) { server in
      let yaml = "baseUrl: \"\(server.url)\"\nkinds:\n  thing: \(list)\n\(others)"
      let definition = try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml")
      let client = try APIClient(
        baseURL: server.url, authentication: authentication(server.url), limits: limits, clock: time.clock)
      let fetcher = DeclaredFetcher(
        definition, config: Array("{}".utf8), client: client, parents: KnownParents())
      var sink = CollectingSink()
      let reports = try await MappingPipeline(CompiledMapping(mapping)).run(fetcher, into: &sink)
      return FaultyRun(
        ids: sink.entities.map { "\($0.identifier)" }, reports: reports, requests: server.requests,
        waits: time.sleeps, url: server.url)
    }
  }

  private static var mapping: PortAppConfig {
    get throws {
      let yaml = """
        resources:
          - kind: thing
            selector: {query: 'true'}
            port: {entity: {mappings: {identifier: '.id | tostring', blueprint: '"thing"'}}}
        """
      return try PortAppConfig(yaml: Array(yaml.utf8), file: "port-app-config.yml")
    }
  }
}
