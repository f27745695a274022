import Hummingbird
import RawJSON
import TestServer

@testable import PortolanHTTP

/// What ``BoardFetcher`` asks: five boards, some without sprints, and a search.
struct BoardServer: Sendable {
  static let boards = ["a", "b/c", "d", "kanban", "e"]

  var log = RequestLog()

  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    router.middlewares.add(LogMiddleware(log: log))
    router.get("boards") { request, _ -> Response in
      let start = request.uri.queryParameters["startAt"].flatMap { Int($0) } ?? 0
      let size = request.uri.queryParameters["maxResults"].flatMap { Int($0) } ?? 50
      let values = Self.boards.dropFirst(start).prefix(size).map { name in
        #"{"id": "\#(name)", "type": "\#(name == "kanban" ? "kanban" : "scrum")"}"#
      }
      return .json(#"{"values": [\#(values.joined(separator: ","))]}"#)
    }
    router.get("boards/:board/sprints") { request, context -> Response in
      let board = try context.parameters.require("board")
      guard board != "d" else { return .json(#"{"message": "no sprints"}"#, status: .badRequest) }
      let page = request.uri.queryParameters["page"].flatMap { Int($0) } ?? 1
      return .json(#"{"total": 2, "values": [{"name": "sprint \#(page)"}]}"#)
    }
    router.post("search") { request, _ -> Response in
      let body = try await request.body.collect(upTo: 1 << 16)
      let query = JSONView(valid: Array(body.readableBytesView))["query"]
      guard query?["text"]?.text == "open" else { return .json(#"{"problem": "no text"}"#) }
      switch query?["after"]?.text {
      case nil: return .json(#"{"issues": [{"key": "A-1"}], "next": "c1"}"#)
      case "c1": return .json(#"{"issues": [{"key": "A-2"}], "next": null}"#)
      default: return .json(#"{"problem": "no such cursor"}"#)
      }
    }
    try await TestServer.run(router) { try await body($0.url) }
  }
}
