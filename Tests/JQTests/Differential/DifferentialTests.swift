import Foundation
import RawJSON
import TestSupport
import Testing

@testable import JQ

/// Whatever is evaluated, and on whatever way, comes to what libjq makes of it on the whole document.
///
/// `PORTOLAN_SEED` repeats a run, `PORTOLAN_PROPERTY_RUNS` says how many evaluations are compared in hundreds.
@Suite("Every function, against libjq", .serialized)
struct DifferentialTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed =
    environment["PORTOLAN_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0..<1 << 32)
  private static let runs = environment["PORTOLAN_PROPERTY_RUNS"].flatMap(Int.init) ?? 1_000

  private static let limits = JQLimits(timeout: .milliseconds(500), memory: 128 << 20)
  private static let expressionCount = 40
  private static let documentCount = 20

  @Test("generated expressions on generated documents")
  func generated() throws {
    var random = SeededRandom(seed: Self.seed)
    var differences: [String] = []
    var compared = 0
    let wanted = Self.runs * 5
    while compared < wanted, differences.count < 5 {
      let round = random.next()
      compared += try compare(round, &differences)
    }
    #expect(
      differences.isEmpty, "PORTOLAN_SEED=\(Self.seed):\n\(differences.joined(separator: "\n\n"))")
  }

  /// Compares a round of expressions on a round of documents.
  ///
  /// - Returns: how many evaluations were compared.
  private func compare(_ round: UInt64, _ differences: inout [String]) throws -> Int {
    var writer = ExpressionWriter(seed: round)
    let texts = (0..<Self.expressionCount).map { _ in writer.expression() }
    // What only a process of its own evaluates is the same on both ways.
    let expressions = texts.map { JQExpression($0) }.filter {
      EvaluationProgram([$0]).strategies != [.sandboxed]
    }
    let environment = JQEnvironment(variables: ["A": "a"], limits: Self.limits)
    let whole = JQBatch(expressions, environment: environment)
    var evaluator = Evaluator(EvaluationProgram(expressions), environment: environment)
    var documents = ValueGenerator(seed: round &+ 1)
    var compared = 0
    for _ in 0..<Self.documentCount {
      let document = documents.object(depth: 0)
      let expected = try outcomes(of: whole, expressions.count, on: document)
      let found = try Array(document.utf8).withScanner { scanner in
        try evaluator.withResults(on: scanner) { evaluator in
          expressions.indices.map { evaluator.outcome(of: $0) }
        }
      }
      for (place, expected) in expected.enumerated() {
        let expected = try Self.canonical(expected)
        let found = try Self.canonical(Outcome(found[place]))
        compared += 1
        if found != expected, !Self.isEnded(found), !Self.isEnded(expected) {
          differences.append("\(expressions[place].text)\non \(document)\ngave \(found)\nlibjq \(expected)")
        }
      }
    }
    return compared
  }

  /// The outcome with its value read and written once more: libjq 1.8 keeps the digits that it reads.
  private static func canonical(_ outcome: Outcome) throws -> Outcome {
    if case .value(let json) = outcome { .value(try value(json).json) } else { outcome }
  }

  private static func isEnded(_ outcome: Outcome) -> Bool {
    outcome.description.hasPrefix("error: ended: ") || outcome.description.hasPrefix("error: not run: ")
  }
}
