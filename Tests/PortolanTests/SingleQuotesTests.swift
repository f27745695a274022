import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: evaluating one expression, single quotes")
struct SingleQuotesTests {
  @Test(
    "the rule on known texts",
    arguments: [
      ("'svc-' + .name", "\"svc-\" + .name"),
      (".a + ' b '", ".a + ' b \""),
      ("split(',')", "split(',')"),
      ("'a' + 'b'", "\"a\" + \"b\""),
      // The space between them is used up by the first match.
      ("'a' 'b'", "\"a\" 'b\""),
      ("'", "\""),
      ("' '", "\" '"),
      ("if .a then 'x' else 'y' end", "if .a then \"x\" else \"y\" end"),
      ("\"it's\"", "\"it's\""),
      ("ascii_downcase", "ascii_downcase"),
    ])
  func known(text: String, expected: String) {
    #expect(SingleQuotes.replaced(in: text) == expected)
  }

  @Test("it does what the regular expression does", arguments: 0..<20)
  func slowTwin(seed: UInt64) throws {
    let rule = try NSRegularExpression(pattern: #"(^|\s)'(?!\s|")|(?<!\s|")'(\s|$)"#)
    let alphabet = Array("''' \"\nab(),+.é\t")
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let length = Int.random(in: 0...14, using: &random)
      let text = String((0..<length).compactMap { _ in random.pick(alphabet) })
      // In this engine `$` also matches before a last line break, as it does in Python's.
      let range = NSRange(text.startIndex..., in: text)
      let expected = rule.stringByReplacingMatches(in: text, range: range, withTemplate: "$1\"$2")
      #expect(SingleQuotes.replaced(in: text) == expected, "seed \(seed): \(text.debugDescription)")
    }
  }
}
