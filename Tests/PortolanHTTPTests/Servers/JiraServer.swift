import Hummingbird
import TestServer

/// A Jira Cloud site, as far as its REST API v3 and Jira Software's agile 1.0 say how it behaves.
/// https://developer.atlassian.com/cloud/jira/platform/rest/v3/
struct JiraServer: Sendable {
  var projects = 3
  var issues = 7
  var users = 5
  var boards = 3
  var sprintsOfBoard = 2
  var membersOfTeam = 3
  /// How many objects the site puts on a page at most, whatever is asked for.
  var pageLimit = 2
  /// The header that it wants, nil for any.
  var authorization: String?
  var log = RequestLog()

  /// Serves while `body` runs, and gives the site's URL.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    try await TestServer.run(router) { try await body($0.url) }
  }

  private var router: Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.get("rest/api/3/project/search") { request, _ -> Response in
      check(request) ?? page(request, "values", projects) { project($0) }
    }
    router.post("rest/api/3/search/jql") { request, context -> Response in
      if let refusal = check(request) { return refusal }
      return try await search(request, context)
    }
    router.get("rest/api/3/users/search") { request, _ -> Response in
      let (start, size) = window(request)
      let end = min(users, start + size)
      return .json(
        "[\((start..<max(start, end)).map { #"{"accountId": "u\#($0)", "active": true, "displayName": "User \#($0)"}"# }.joined(separator: ","))]"
      )
    }
    router.get("gateway/api/public/teams/v1/org/:org/teams") { request, _ -> Response in
      let start = Int(request.uri.queryParameters["cursor"].map(String.init) ?? "0") ?? 0
      let next = start + 1 < 3 ? #""\#(start + 1)""# : "null"
      return .json(
        #"{"entities": [{"teamId": "t\#(start)", "displayName": "Team \#(start)"}], "cursor": \#(next)}"#)
    }
    router.post("gateway/api/public/teams/v1/org/:org/teams/:team/members") { request, context -> Response in
      struct Page: Decodable {
        var first: Int?
        var after: String?
      }
      let page = try? await request.decode(as: Page.self, context: context)
      let after = page?.after.flatMap { $0.isEmpty ? nil : Int($0) } ?? 0
      let end = min(membersOfTeam, after + pageLimit)
      let members = (after..<end).map { #"{"accountId": "u\#($0)"}"# }.joined(separator: ",")
      return .json(
        #"{"results": [\#(members)], "pageInfo": {"endCursor": "\#(end)", "hasNextPage": \#(end < membersOfTeam)}}"#
      )
    }
    router.get("rest/api/3/project/:key/version") { request, context -> Response in
      let key = try context.parameters.require("key")
      return page(request, "values", 3) { #"{"id": "\#(key)-\#($0)", "name": "1.\#($0)"}"# }
    }
    router.get("rest/api/3/project/:key/component") { request, context -> Response in
      let key = try context.parameters.require("key")
      return page(request, "values", 1) { #"{"id": "\#(key)-c\#($0)", "name": "Part \#($0)"}"# }
    }
    router.get("rest/agile/1.0/board") { request, _ -> Response in
      page(request, "values", boards) {
        #"{"id": \#($0), "name": "Board \#($0)", "type": "\#($0 == 1 ? "kanban" : "scrum")"}"#
      }
    }
    router.get("rest/agile/1.0/board/:id/project") { request, _ -> Response in
      page(request, "values", 2) { project($0) }
    }
    router.get("rest/agile/1.0/board/:id/sprint") { request, context -> Response in
      let board = try context.parameters.require("id")
      if board == "1" {
        return .json(
          #"{"errorMessages": ["The board does not support sprints"], "errors": {}}"#, status: .badRequest)
      }
      return page(request, "values", sprintsOfBoard) {
        #"{"id": 1\#(board)\#($0), "name": "Sprint \#($0)", "state": "active", "originBoardId": \#(board)}"#
      }
    }
    router.get("rest/agile/1.0/board/:id/epic") { request, context -> Response in
      let board = try context.parameters.require("id")
      return page(request, "values", 1) { _ in
        #"{"id": 1\#(board)00, "key": "P0-\#(board)00", "done": false}"#
      }
    }
    router.get("rest/agile/1.0/board/:id/backlog") { request, context -> Response in
      let board = try context.parameters.require("id")
      return page(request, "issues", 3) { #"{"id": "\#(board)\#($0)", "key": "B\#(board)-\#($0)"}"# }
    }
    router.get("rest/api/3/issue/:key/worklog") { request, context -> Response in
      let key = try context.parameters.require("key")
      return page(request, "worklogs", 2) { #"{"id": "\#(key)-w\#($0)", "timeSpentSeconds": 900}"# }
    }
    return router
  }

  private func project(_ number: Int) -> String {
    #"{"id": "1000\#(number)", "key": "P\#(number)", "name": "Project \#(number)"}"#
  }

  private func check(_ request: Request) -> Response? {
    guard let authorization, request.headers[.authorization] != authorization else { return nil }
    return .json(#"{"errorMessages": ["Client must be authenticated"]}"#, status: .unauthorized)
  }

  private func window(_ request: Request) -> (start: Int, size: Int) {
    let query = request.uri.queryParameters
    let start = query["startAt"].flatMap { Int($0) } ?? 0
    let size = query["maxResults"].flatMap { Int($0) } ?? 50
    return (start, min(size, pageLimit))
  }

  private func page(_ request: Request, _ key: String, _ total: Int, _ object: (Int) -> String) -> Response {
    let (start, size) = window(request)
    let end = max(start, min(total, start + size))
    let objects = (min(start, total)..<min(end, total)).map(object).joined(separator: ", ")
    return .json(
      #"{"startAt": \#(start), "maxResults": \#(size), "total": \#(total), "isLast": \#(end >= total), "\#(key)": [\#(objects)]}"#
    )
  }

  private func search(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    struct Search: Decodable {
      var jql: String
      var fields: [String]
      var maxResults: Int
      var nextPageToken: String?
    }
    let search = try await request.decode(as: Search.self, context: context)
    let start = search.nextPageToken.flatMap { Int($0.dropFirst()) } ?? 0
    let end = min(issues, start + min(search.maxResults, pageLimit))
    let found = (start..<end).map { number in
      #"{"id": "\#(number)", "key": "P0-\#(number)", "fields": {"summary": "Issue \#(number)"}}"#
    }.joined(separator: ", ")
    let next = end < issues ? #", "nextPageToken": "t\#(end)""# : ""
    return .json(#"{"isLast": \#(end >= issues), "issues": [\#(found)]\#(next)}"#)
  }
}
