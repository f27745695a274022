import Foundation
import TestSupport
import Testing

/// The whole fast path gives what the slow, obvious one gives: libjq on the whole object, expression by
/// expression.
///
/// `PORTOLAN_SEED` repeats a run, `PORTOLAN_PROPERTY_RUNS` says how many documents are mapped.
@Suite("The same answers as the slow way")
struct SameAnswersTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed =
    environment["PORTOLAN_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<1 << 32)
  private static let runs = environment["PORTOLAN_PROPERTY_RUNS"].flatMap(Int.init) ?? 1_000
  private static let documentsPerMapping = 25

  @Test("generated mappings on generated objects", arguments: 0..<3 as Range<UInt64>)
  func generated(_ part: UInt64) async throws {
    var trial = try SameAnswersTrial(seed: Self.seed &+ part)
    while trial.documentCount < Self.runs / 4, trial.differences.count < 3 {
      try await trial.runGenerated(documents: Self.documentsPerMapping)
    }
    check(trial)
  }

  @Test("written mappings on their objects and on mutations of them")
  func written() async throws {
    var random = SeededRandom(seed: Self.seed)
    let sources = MappingSource.shipped.shuffled(using: &random)
    let others = MappingSource.conformance(cases: max(8, Self.runs / 100), &random)
    var trial = try SameAnswersTrial(seed: random.next())
    var place = 0
    while trial.documentCount < Self.runs / 4, trial.differences.count < 3 {
      let list = place % 2 == 0 || others.isEmpty ? sources : others
      try await trial.run(list[place / 2 % list.count], documents: Self.documentsPerMapping)
      place += 1
    }
    check(trial)
  }

  private func check(_ trial: SameAnswersTrial) {
    #expect(
      trial.differences.isEmpty, "PORTOLAN_SEED=\(Self.seed):\n\(trial.differences.joined(separator: "\n\n"))"
    )
    #expect(
      trial.entityCount > trial.documentCount / 50, "PORTOLAN_SEED=\(Self.seed): hardly anything is mapped")
  }
}
