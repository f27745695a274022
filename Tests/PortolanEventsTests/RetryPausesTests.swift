import Portolan
import PortolanCatalog
import Testing

@testable import PortolanEvents

@Suite("When an event is tried again")
struct RetryPausesTests {
  private struct Outage: Error {}

  @Test("an outage of an hour costs no event, whatever chance makes of the pauses")
  func outage() {
    let pauses = RetryPauses()
    for _ in 0..<100 {
      var failures = 0
      var seconds = 0.0
      while true {
        let pause = pauses.pause(after: failures)
        failures += 1
        guard !pauses.isOver(after: failures, Outage()) else { break }
        seconds += pause
      }
      #expect(seconds > 3600)
    }
  }

  @Test(
    "an API that gives no answer, or does not take the token, is waited for",
    arguments: ["fetch-failed", "request-failed", "not-authorized"])
  func request(rule: String) {
    let problem = Diagnostic(.error, Diagnostic.Rule(rule), "connection refused")
    #expect(!RetryPauses().isOver(after: 5, problem))
    #expect(!RetryPauses().isOver(after: 5, DiagnosticsError([problem])))
  }

  @Test("what seldom passes by itself is given up soon")
  func refusal() {
    let pauses = RetryPauses()
    let problem = Diagnostic(.error, Diagnostic.Rule("fetcher-expression-failed"), "null cannot be matched")
    let refused = EventProblem.refused("issue/1", "no such blueprint", mayPass: false)
    for error: any Error in [problem, DiagnosticsError([problem]), refused, CatalogError(.refused, "no")] {
      #expect(!pauses.isOver(after: 4, error) && pauses.isOver(after: 5, error))
    }
    #expect(!pauses.isOver(after: 5, EventProblem.refused("issue/1", "busy", mayPass: true)))
  }
}
