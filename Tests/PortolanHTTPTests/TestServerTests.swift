import Hummingbird
import TestServer
import Testing

@Suite struct TestServerTests {
  @Test func servesWhileItsBodyRuns() async throws {
    let port = try await TestServer.run(Router()) { $0.port }
    #expect(port > 0)
  }
}
