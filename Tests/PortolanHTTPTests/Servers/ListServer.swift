import Hummingbird
import Synchronization
import TestServer

/// A list that changes while it is read.
final class ListServer: Sendable {
  /// How the list is asked for.
  enum Style: String, CaseIterable {
    case offset, page
  }

  struct State {
    var ids: [Int]
    /// What happens to the list before the request of that number, from 0.
    var changes: [Int: @Sendable (inout [Int]) -> Void] = [:]
    var requests = 0
  }

  let style: Style
  let pageLimit: Int
  let givesTotal: Bool
  private let state: Mutex<State>

  init(
    _ style: Style, ids: [Int], pageLimit: Int, givesTotal: Bool,
    changes: [Int: @Sendable (inout [Int]) -> Void] = [:]
  ) {
    self.style = style
    self.pageLimit = pageLimit
    self.givesTotal = givesTotal
    state = Mutex(State(ids: ids, changes: changes))
  }

  var ids: [Int] { state.withLock { $0.ids } }

  func answer(_ query: (String) -> Int?) -> String {
    state.withLock { state in
      state.changes[state.requests]?(&state.ids)
      state.requests += 1
      let size = min(query("size") ?? 10, pageLimit)
      let start = style == .offset ? query("offset") ?? 0 : ((query("page") ?? 1) - 1) * size
      let ids = state.ids.dropFirst(start).prefix(size)
      let objects = ids.map { #"{"id": \#($0)}"# }.joined(separator: ",")
      let total = givesTotal ? #""total": \#(state.ids.count), "# : ""
      return #"{\#(total)"items": [\#(objects)]}"#
    }
  }

  /// Serves while `body` runs.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    router.get("things") { request, _ -> Response in
      .json(self.answer { name in request.uri.queryParameters[Substring(name)].flatMap { Int($0) } })
    }
    try await TestServer.run(router) { try await body($0.url) }
  }
}
