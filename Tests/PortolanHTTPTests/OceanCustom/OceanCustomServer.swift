import Hummingbird
import TestServer

/// An API of users and teams that pages in each way that Ocean's own no-code integration knows.
struct OceanCustomServer: Sendable {
  var users = 5
  /// How many objects are on a page, whatever is asked for.
  var pageLimit = 2
  /// The values that a request must have in its headers.
  var wanted: [String: String] = [:]
  var log = RequestLog()

  /// Serves while `body` runs, and gives the API's URL.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    try await TestServer.run(router) { try await body($0.url) }
  }

  private var router: Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.post("login") { request, _ -> Response in
      let body = try await String(buffer: request.body.collect(upTo: 10_000))
      return .json(#"{"access": {"token": "\#(body.contains("robin") ? "t-robin" : "t-else")"}}"#)
    }
    router.get("users") { request, _ -> Response in
      guard check(request) else { return .json(#"{"message": "who?"}"#, status: .unauthorized) }
      let offset = number(request, "offset") ?? ((number(request, "page") ?? 1) - 1) * pageLimit
      return .json("[\(objects(offset..<(offset + pageLimit)))]")
    }
    // A list that is not paged, whatever is asked for.
    router.get("unpaged") { _, _ -> Response in .json("[\(objects(0..<users))]") }
    router.get("flagged") { request, _ -> Response in
      let start = number(request, "offset") ?? 0
      return .json(
        #"{"has_more": \#(start + pageLimit < users), "data": {"users": [\#(objects(start..<(start + pageLimit)))]}}"#
      )
    }
    router.get("cursor") { request, _ -> Response in
      let start = number(request, "cursor") ?? 0
      let next = start + pageLimit < users ? "\(start + pageLimit)" : "null"
      return .json(#"{"users": [\#(objects(start..<(start + pageLimit)))], "next_cursor": \#(next)}"#)
    }
    router.get("lost") { _, _ -> Response in .json(#"{"users": [\#(objects(0..<2))], "has_more": true}"#) }
    router.get("odata") { request, _ -> Response in
      let start = number(request, "skip") ?? 0
      let next = start + pageLimit < users ? #", "@odata.nextLink": "/odata?skip=\#(start + pageLimit)""# : ""
      return .json(#"{"value": [\#(objects(start..<(start + pageLimit)))]\#(next)}"#)
    }
    router.get("linked") { request, _ -> Response in
      let start = number(request, "skip") ?? 0
      let link = HTTPFields.one(
        "Link",
        start + pageLimit < users ? #"</linked?skip=\#(start + pageLimit)>; rel="next""# : nil)
      return .json("[\(objects(start..<(start + pageLimit)))]", link)
    }
    router.get("me") { _, _ -> Response in .json(#"{"me": {"id": 7}, "none": null}"#) }
    router.get("teams") { _, _ -> Response in
      .json(
        #"{"teams": [{"slug": "a/b", "on": true}, {"slug": "off", "on": false}, {"slug": null, "on": true}, {"slug": "c", "on": true}]}"#
      )
    }
    router.get("teams/:team/roles") { _, context -> Response in
      .json(#"["r-\#(try context.parameters.require("team"))"]"#)
    }
    router.get("roles") { _, _ -> Response in .json(#"[1, 2]"#) }
    router.get("teams/:team/roles/:role/members") { _, context -> Response in
      let (team, role) = (try context.parameters.require("team"), try context.parameters.require("role"))
      return .json(#"[{"id": "\#(team)-\#(role)"}]"#)
    }
    return router
  }

  private func check(_ request: Request) -> Bool {
    wanted.allSatisfy { name, value in
      request.headers.contains { $0.name.rawName.lowercased() == name.lowercased() && $0.value == value }
    }
  }

  private func number(_ request: Request, _ name: Substring) -> Int? {
    request.uri.queryParameters[name].flatMap { Int($0) }
  }

  private func objects(_ range: Range<Int>) -> String {
    range.clamped(to: 0..<users).map { #"{"id": \#($0)}"# }.joined(separator: ", ")
  }
}
