import PortolanCatalog
import PortolanPort
import RawJSON
import Synchronization
import TestServer

/// A small Port on loopback that really keeps entities, and does wrong what a test wants.
final class FakePort: Sendable {
  /// What goes wrong with a request.
  enum Fault: Sendable {
    /// This is the answer, and nothing is done.
    case instead([RawServer.Step])
    /// What was asked for is done, and this is the answer.
    case afterwards([RawServer.Step])
    /// The token is no longer taken, from this request on.
    case expired
  }

  /// Names the fault of a request, whose number counts from 1 among those that are no request for a token.
  typealias Faults = @Sendable (_ request: RawServer.Request, _ number: Int) -> Fault?

  struct State {
    /// Entities as they were sent.
    var entities: [EntityKey: [UInt8]] = [:]
    /// Who wrote them.
    var datasources: [EntityKey: String] = [:]
    var blueprints: [String: [UInt8]] = [:]
    /// Integrations: their members as JSON.
    var integrations: [String: [String: [UInt8]]] = [:]
    var resources: Set<String> = []
    var token = 1
    var tokens = 0
    /// What is switched on for the organization.
    var flags: [String] = []
    var requests = 0
  }

  static let secret = "portolan-secret-1234"
  static let owner = Datasource(type: "jira", identifier: "my-jira", version: "1.0.0")

  private let state: Mutex<State>
  private let faults: Faults
  private let pageSize: Int

  init(pageSize: Int = 5000, _ state: State = .init(), faults: @escaping Faults = { _, _ in nil }) {
    self.state = Mutex(state)
    self.faults = faults
    self.pageSize = pageSize
  }

  /// What it holds.
  var now: State { state.withLock { $0 } }

  /// Changes what it holds.
  func change(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

  /// Serves while `body` runs, which gets a catalog for it.
  func run<Result: Sendable>(
    time: TestClock = TestClock(), environment: [String: String] = [:], attempts: Int = 8,
    renewal: (@Sendable () async throws -> Void)? = nil,
    _ body: @escaping @Sendable (PortCatalog, RawServer) async throws -> Result
  ) async throws -> Result {
    try await RawServer.run { request, _ in
      self.answer(request)
    } _: { server in
      try await body(
        try Self.catalog(
          server.url, time: time, environment: environment, attempts: attempts, renewal: renewal), server)
    }
  }

  /// A catalog as tests have it: nothing waits.
  static func catalog(
    _ url: String, time: TestClock = TestClock(), environment: [String: String] = [:], attempts: Int = 8,
    renewal: (@Sendable () async throws -> Void)? = nil
  ) throws -> PortCatalog {
    // Without this, notes of tests would go where those of runs go that have no home.
    let environment = environment.isEmpty ? ["TMPDIR": "/dev/null"] : environment
    return try PortCatalog(
      PortCredentials(clientID: "portolan-client-id", clientSecret: secret, baseURL: url), as: owner,
      environment: environment,
      limits: .init(concurrency: 8, timeout: .seconds(20), attempts: attempts, responseSize: 4 << 20),
      clock: time.clock, renewal: renewal ?? { try await Task.sleep(for: .seconds(3600)) })
  }
}

extension FakePort {
  private func answer(_ request: RawServer.Request) -> [RawServer.Step] {
    let path = String(request.target.prefix { $0 != "?" })
    if path == "/v1/auth/access_token" { return token(request) }
    let number = state.withLock { state in
      state.requests += 1
      return state.requests
    }
    let fault = faults(request, number)
    switch fault {
    case .instead(let steps): return steps
    case .expired: state.withLock { $0.token += 1 }
    case .afterwards, nil: break
    }
    guard request["authorization"] == state.withLock({ "Bearer token-\($0.token)" }) else {
      return [.answer(401, #"{"ok":false,"error":"unauthorized","message":"no such token"}"#)]
    }
    let answer = state.withLock { state in
      PortRoutes(request: request, path: path, pageSize: pageSize).answer(&state)
    }
    if case .afterwards(let steps) = fault { return steps }
    return [.answer(answer.status, answer.body)]
  }

  private func token(_ request: RawServer.Request) -> [RawServer.Step] {
    let body = JSONView(valid: Array(request.body.utf8))
    return state.withLock { state in
      state.tokens += 1
      guard body["clientSecret"]?.text == Self.secret else {
        return [
          .answer(401, #"{"ok":false,"error":"invalid_credentials","message":"bad: \#(request.body)"}"#)
        ]
      }
      return [
        .answer(
          200,
          #"{"ok":true,"accessToken":"token-\#(state.token)","expiresIn":3600,"tokenType":"Bearer"}"#)
      ]
    }
  }
}
