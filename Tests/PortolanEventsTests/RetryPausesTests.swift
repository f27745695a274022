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
}
