import Hummingbird
import Synchronization
import TestServer

/// An Octopus server, as its REST API's documentation says how it behaves: lists in every space, by skip and take.
/// https://octopus.com/docs/octopus-rest-api
struct OctopusServer: Sendable {
  var spaces = 3
  /// How many objects each list of a space has.
  var objects = 5
  /// How many objects the server puts on a page at most, whatever is asked for.
  var pageLimit = 2
  var apiKey = "API-KEY-1"
  /// How many requests of the lists in spaces must be under way before the first is answered.
  var meetingSize = 1
  var log = RequestLog()
  let meeting = Meeting()

  /// Serves while `body` runs, and gives the server's URL.
  func run(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
    let router = Router()
    router.add(middleware: LogMiddleware(log: log))
    router.get("api/spaces") { request, _ -> Response in
      check(request) ?? page(request, total: spaces) { #"{"Id": "Spaces-\#($0)", "Name": "Space \#($0)"}"# }
    }
    for (route, name) in [
      ("projects", "Projects"), ("releases", "Releases"), ("deployments", "Deployments"),
      ("machines", "Machines"), ("runbooks", "Runbooks"),
    ] {
      router.get("api/:space/\(route)") { request, context -> Response in
        if let refusal = check(request) { return refusal }
        let space = try context.parameters.require("space")
        try await meeting.join(of: meetingSize)
        defer { meeting.leave() }
        return page(request, total: objects) {
          #"{"Id": "\#(name)-\#(space.dropFirst(7))\#($0)", "SpaceId": "\#(space)", "Name": "\#(name) \#($0)"}"#
        }
      }
    }
    try await TestServer.run(router) { try await body($0.url) }
  }

  private func check(_ request: Request) -> Response? {
    guard request.headers.text("X-Octopus-ApiKey") != apiKey else { return nil }
    return .json(
      #"{"ErrorMessage": "The API key you provided was not valid."}"#, status: .unauthorized)
  }

  private func page(_ request: Request, total: Int, _ object: (Int) -> String) -> Response {
    let query = request.uri.queryParameters
    let skip = query["skip"].flatMap { Int($0) } ?? 0
    let take = min(query["take"].flatMap { Int($0) } ?? 30, pageLimit)
    let items = (min(skip, total)..<min(skip + take, total)).map(object).joined(separator: ", ")
    // The last page's number counts from 0.
    let last = max(0, (total + take - 1) / take - 1)
    return .json(
      #"{"ItemType": "Thing", "TotalResults": \#(total), "ItemsPerPage": \#(take), "#
        + #""NumberOfPages": \#(last + 1), "LastPageNumber": \#(last), "Items": [\#(items)], "Links": {}}"#)
  }
}

/// Where requests wait until several are under way.
final class Meeting: Sendable {
  private struct State {
    var present = 0
    var most = 0
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// How many were under way at the same time, at the most.
  var most: Int { state.withLock { $0.most } }

  /// Waits until as many are under way, the first time; whoever comes later goes through.
  func join(of size: Int) async throws {
    await withCheckedContinuation { continuation in
      let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
        state.present += 1
        state.most = max(state.most, state.present)
        state.waiting.append(continuation)
        state.isOpen = state.isOpen || state.present >= size
        guard state.isOpen else { return [] }
        defer { state.waiting = [] }
        return state.waiting
      }
      for waiting in released { waiting.resume() }
    }
    // Long enough for one that should not be under way to come.
    if size > 1 { try await Task.sleep(for: .milliseconds(30)) }
  }

  func leave() {
    state.withLock { $0.present -= 1 }
  }
}
