import Foundation
import RawJSON
import Testing

@testable import JQ

/// What an expression takes on a large input is bounded, whoever evaluates it.
@Suite("Expressions on large inputs", .serialized)
struct LargeInputTests {
  private static let limits = JQLimits(timeout: .milliseconds(300), memory: 128 << 20)
  private static let environment = JQEnvironment(limits: limits)

  private static let numbers = "[" + (0..<20_000).map(String.init).joined(separator: ",") + "]"
  private static let blanks = "\"" + String(repeating: " ", count: 100_000) + "x\""
  private static let document = #"{"a":\#(numbers),"v":\#(blanks),"k":"key","n":1.5}"#
  private static let small = #"{"a":[1,2],"v":"x  ","k":"key","n":1.5}"#

  @Test(
    "an expression that is too slow for an input costs its field, and not the others",
    arguments: [
      "[.a[] as $x | .a[]] | length", #".v | sub("\\s+$"; "")"#, ".a - (.a | map(. + 1)) | length",
      #"[.v | match("\\s+$"; "g")]"#, #".v | [match(" "; "g")] | length"#,
      ".a as $a | .a | map(. as $x | $a | index($x)) | length", "[.a | combinations(2)] | length",
      #".v | test("\\s+\\s+$")"#, #".v | split("") | [.[] as $x | .[] | $x] | length"#,
    ])
  func costsItsField(_ expression: String) throws {
    let expressions = [".k", ".n * 2", expression, "{k}", ".n + 1"]
    let (found, time) = try evaluate(expressions, on: Self.document)
    #expect(
      [found[0], found[1], found[3], found[4]]
        == [.value("\"key\""), .value("3"), .value(#"{"k":"key"}"#), .value("2.5")])
    guard case .failure(let message) = found[2] else {
      Issue.record("\(expression) gave \(found[2].description.prefix(100))")
      return
    }
    // Oniguruma gives up some searches by itself.
    #expect(message.hasPrefix("ended: ") || message.hasPrefix("Regex failure: "), "\(message)")
    #expect(time < .seconds(30))
    let (onSmall, _) = try evaluate(expressions, on: Self.small)
    #expect(onSmall.allSatisfy { !$0.isFailure }, "\(onSmall)")
  }

  @Test("where it is fast enough on a large input, it gives its value as ever")
  func fastEnough() throws {
    let expressions = [
      ".a | length", "[.a[] | . * 2] | add", #".v | ltrimstr(" ") | length"#, ".a | sort | .[-1]",
      "[.a[] | select(. == 5)]", ".a | map(tostring) | join(\",\") | length", "[..] | length",
    ]
    let (found, _) = try evaluate(expressions, on: Self.document)
    let values = ["20000", "399980000", "100000", "19999", "[5]", "108889", "20005"]
    #expect(found == values.map { .value($0) })
  }

  @Test("texts that double again and again are bounded without libjq and with it")
  func doubling() throws {
    let doubling = ".k" + String(repeating: #" | "\(.)\(.)""#, count: 40)
    let (found, time) = try evaluate([doubling, ".k"], on: Self.small)
    #expect(found[0].isFailure && found[1] == .value("\"key\""))
    #expect(time < .seconds(30))
    let many = "\"" + String(repeating: #"\(.v)"#, count: 400) + "\" | length"
    let (long, _) = try evaluate([many], on: Self.document)
    #expect(long[0] == .value("40000400") || long[0].isFailure)
  }

  @Test("a small input of an expression that was ended three times on large ones still gives its value")
  func smallAfterLarge() throws {
    let program = EvaluationProgram([JQExpression("[.a[] as $x | .a[]] | length")])
    var evaluator = Evaluator(program, environment: Self.environment)
    for document in [Self.document, Self.small, Self.document, Self.document, Self.document, Self.small] {
      let outcome = try Array(document.utf8).withScanner { scanner in
        try evaluator.withResults(on: scanner) { $0.outcome(of: 0) }
      }
      if document == Self.small { #expect(outcome == .value(Array("4".utf8))) }
    }
  }

  private func evaluate(_ expressions: [String], on document: String) throws -> ([Outcome], Duration) {
    let program = EvaluationProgram(expressions.map { JQExpression($0) })
    var evaluator = Evaluator(program, environment: Self.environment)
    let start = ContinuousClock.now
    let outcomes = try Array(document.utf8).withScanner { scanner in
      try evaluator.withResults(on: scanner) { evaluator in
        expressions.indices.map { evaluator.outcome(of: $0) }
      }
    }
    return (outcomes.map { Outcome($0) }, ContinuousClock.now - start)
  }
}
