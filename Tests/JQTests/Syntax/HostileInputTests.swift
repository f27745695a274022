import Foundation
import JQ
import TestSupport
import Testing

@Suite struct HostileInputTests {
  @Test(
    "Endless nesting is an error, not an overflow",
    arguments: [
      "(", "[", "-", "{a:", "\"\\(", "f(", ".[", "if ", "try ", "def f:", ". as {(", "reduce (",
    ])
  func nesting(unit: String) async {
    let source = String(repeating: unit, count: 100_000)
    #expect(await onSmallStack { isRejected(source) })
  }

  @Test(
    "A chain that is too long is an error",
    arguments: [("1+", "1"), (".|", "."), ("1,", "1"), (".a", "")])
  func chains(unit: String, last: String) async throws {
    let long = String(repeating: unit, count: 100_000) + last
    #expect(await onSmallStack { isRejected(long) })
    let short = try parsed(String(repeating: unit, count: 400) + last)
    #expect(plain(try parsed(short.description)) == plain(short))
  }

  @Test("Nesting within the limit is read", arguments: [("(", ")"), ("[", "]"), ("{a: ", "}"), ("-", "")])
  func allowedNesting(opening: String, closing: String) throws {
    let count = Parser.maximumNesting - 2
    let source = String(repeating: opening, count: count) + "1" + String(repeating: closing, count: count)
    #expect(try parsed(source).range == 0..<source.utf8.count)
  }

  @Test("No mutation of a program makes the parser trap", arguments: 1...8 as ClosedRange<UInt64>)
  func mutations(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "\"", "\\(", "\\", "|", ",", ";", ":", ".", "..", "?//", "?", "$x",
      " as ", "if ", " then ", "end", "def f: ", "try ", " catch ", "reduce ", "@base64", "1.5e", "#",
      "\\u12", "é", "\u{0}", "'", "&&", "label $a|", "$__loc__", "-", "//=", "==",
    ]
    for _ in 0..<400 {
      var bytes = Array(Self.program.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
        bytes.replaceSubrange(start..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      }
      let source = String(decoding: bytes, as: UTF8.self)
      do {
        let tree = try Parser.parse(source).body
        guard let tree else { continue }
        #expect(plain(try parsed(tree.description)) == plain(tree), "seed \(seed): \(source)")
      } catch let error as SyntaxError {
        #expect(error.range.upperBound <= source.utf8.count, "seed \(seed): \(source)")
      }
    }
  }

  private static let program = #"""
    def f($a; g): [.[] | select(.a == "x\(.b + 1)y" and (.c // 0) > 1.5)]; # comment
    . as {a: $x, b: [$y]} ?// $x | if f($x; .y[1:2]?) then {a, "b": -1, ($x): 2} else try error catch . end
    | reduce .[] as $i (0; . + $i) | label $out | foreach .d[] as [$e] (1; .; break $out) | @json "\(.)"
    """#
}

private func isRejected(_ source: String) -> Bool {
  do {
    _ = try Parser.parse(source)
    return false
  } catch {
    return true
  }
}

/// Runs the work on a thread as small as unoptimized code needs: optimized, 512 kB are enough.
private func onSmallStack(_ work: @escaping @Sendable () -> Bool) async -> Bool {
  await withCheckedContinuation { continuation in
    let thread = Thread { continuation.resume(returning: work()) }
    thread.stackSize = 4 << 20
    thread.start()
  }
}
