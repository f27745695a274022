import TestServer
import TestSupport
import Testing

@testable import PortolanHTTP

/// Any list, in any style, with any faults that pass: every object comes once, in order.
@Suite struct FaultPropertyTests {
  @Test func faultsThatPassLoseNothing() async throws {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    for round in 0..<120 {
      let style = random.pick(FaultyList.Style.allCases) ?? .offset
      let count = Int.random(in: 0...40, using: &random)
      var list = FaultyList(style: style, ids: Array(0..<count))
      list.pageLimit = Int.random(in: 1...12, using: &random)
      list.size = Int.random(in: 1...12, using: &random)
      var faults: [Int: PassingFaultTests.Fault] = [:]
      for number in 1...80 where random.chance(4) {
        faults[number] = random.pick(PassingFaultTests.Fault.allCases)
      }
      let planned = faults
      // No more than three times in a row: the fourth attempt is the last.
      list.fault = { page, number, repetition in repetition > 3 ? nil : planned[number]?.steps(page) }
      let run = try await list.read()
      let story = Comment(
        rawValue: "PORTOLAN_SEED=\(seed), round \(round): \(style), \(count) objects, size \(list.size), "
          + "limit \(list.pageLimit), faults \(faults)")
      #expect(run.ids == (0..<count).map(String.init), story)
      #expect(run.isComplete, "\(story): \(run.failures)")
    }
  }
}
