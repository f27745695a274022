import JQ
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What an expression reads is all that it needs.
///
/// `PORTOLAN_SEED` repeats a run, `PORTOLAN_PROPERTY_RUNS` says how many inputs are cut.
@Suite struct ReadPropertyTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test("on the object cut down to what it reads, an expression gives what it gives on the whole one")
  func cutting() throws {
    let seed = Self.environment["PORTOLAN_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<1 << 32)
    let runs = Self.environment["PORTOLAN_PROPERTY_RUNS"].flatMap(Int.init) ?? 1_000
    var trial = ReadTrial(seed: seed, wanted: runs)
    trial.run(ReadSamples.all)
    print("what expressions read: \(trial.summary), seed \(seed)")
    #expect(trial.differences.isEmpty, "seed \(seed):\n\(trial.differences.joined(separator: "\n"))")
    #expect(trial.inputCount >= runs)
  }

  @Test("every one of the tests' own expressions is jq, and most read less than everything")
  func ownSamples() {
    let samples = MappingSamples.all
    let partial = samples.filter { $0.body.reads != .all }
    #expect(samples.count >= 250)
    #expect(partial.count * 10 >= samples.count * 8)
  }
}
