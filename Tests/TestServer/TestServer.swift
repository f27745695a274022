import Hummingbird

/// A web server on loopback for one test, on a port of its own; it ends with the test.
///
/// ```swift
/// let router = Router()
/// router.get("issues") { _, _ in #"[{"key": "A-1"}]"# }
/// try await TestServer.run(router) { server in
///   print(server.url)  // http://127.0.0.1:43512
/// }
/// ```
public struct TestServer: Sendable {
  /// Where it answers, without a slash at the end.
  public let url: String
  /// Its port.
  public let port: Int

  /// Serves `router` while `body` runs.
  public static func run<Result: Sendable>(
    _ router: Router<BasicRequestContext>, _ body: @escaping @Sendable (TestServer) async throws -> Result
  ) async throws -> Result {
    let (ports, found) = AsyncStream<Int>.makeStream()
    let server = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
      onServerRunning: { channel in
        found.yield(channel.localAddress?.port ?? 0)
        found.finish()
      })
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      var port = 0
      for await found in ports { port = found }
      return try await body(TestServer(url: "http://127.0.0.1:\(port)", port: port))
    }
  }
}
