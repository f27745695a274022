import HTTPTypes
import Testing

@testable import PortolanService

@Suite struct HealthRouteTests {
  @Test func isReadyWhileItCanWork() async throws {
    let bench = ServiceBench()
    try await bench.run { client in
      let starting = try await client.send(.get, "/health/ready")
      #expect(starting.status == 503)
      #expect(starting.body == #"{"status":"not_ready","check":"ready","problems":["it is starting"]}"#)
      #expect(try await client.send(.get, "/health/live").status == 200)
      bench.health.start()
      let ready = try await client.send(.get, "/health/ready")
      #expect(ready.status == 200 && ready.body == #"{"status":"healthy","check":"ready"}"#)
      bench.health.set("catalog", problem: "it is away")
      #expect(try await client.send(.get, "/health/ready").body.contains(#"["catalog: it is away"]"#))
      bench.health.set("catalog", problem: nil)
      #expect(try await client.send(.get, "/health/ready").status == 200)
      bench.health.end()
      let ending = try await client.send(.get, "/health/ready")
      #expect(ending.status == 503 && ending.body.contains("it is ending"))
      #expect(try await client.send(.get, "/health/live").body == #"{"status":"healthy","check":"live"}"#)
    }
  }

  @Test func showsMetrics() async throws {
    let bench = ServiceBench()
    bench.health.start()
    try await bench.run { client in
      let answer = try await client.send(.get, "/metrics")
      #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
      let text = try MetricText(answer.body)
      #expect(text["portolan_ready", [:]] == 1)
    }
  }

  @Test func isBelowItsPrefixAlone() async throws {
    let bench = ServiceBench()
    bench.health.start()
    try await bench.run {
      $0.pathPrefix = "/jira"
    } _: { client in
      for path in ["/health/live", "/health/ready", "/metrics"] {
        let below = try await client.send(.get, "/jira" + path)
        let above = try await client.send(.get, path)
        #expect(below.status == 200 && above.status == 404)
      }
    }
  }
}
