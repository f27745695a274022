import TestSupport
import Testing

@testable import JQ

@Suite("What a regular expression's text tells")
struct RegexShapeTests {
  @Test(
    "one that can match nothing is never said not to",
    arguments: [
      "", "a*", "a?", "a{0,3}", "a{,3}", "(a)?", "(?:)", "(?=a)", "(?<!a)", "^", "$", "\\b", "a|", "|a",
      "(a|)",
      "(?<x>a*)", "a*?", "(a*)(b*)", "a\\K", "[a]*", "\\d*", "(?i)", "(?i:a*)", "(xa{)|()|(})", "(?#c)",
      "a{0}", "((a)|(b*))", "\\1", "(?>a*)", "^$", "a**", "a+?*",
    ])
  func empty(_ pattern: String) {
    #expect(RegexShape(pattern).canMatchEmpty)
  }

  @Test(
    "a plain one is seen to match something",
    arguments: [
      "a", "a+", "abc", "[a-z]+", "[^/]+$", "^x", "(a|b)", "(?<x>a)b*", "\\d+", "-", "\\.", "[[:alpha:]]+",
      "https?://", "a*b", "(?i)prod", "[]]", "é+",
    ])
  func something(_ pattern: String) {
    #expect(!RegexShape(pattern).canMatchEmpty)
  }

  @Test("libjq finds no empty match where the shape says there is none")
  func property() throws {
    let seed = UInt64.random(in: 0..<(.max))
    var random = SeededRandom(seed: seed)
    let texts = ["", "a", "ab", "ba\n", "aab b", "é", "{a}"]
    var patterns: [String] = []
    while patterns.count < 300 {
      let pattern = Self.pattern(depth: 3, &random)
      if !RegexShape(pattern).canMatchEmpty { patterns.append(pattern) }
    }
    // Asked one match at a time: global matches of empty ones are what 1.6 cannot do.
    let expressions = patterns.map { pattern in
      "[.[] | try (match(\(JQText.quoted(pattern))) | select(.length == 0) | .offset) catch empty]"
    }
    let input = "[" + texts.map(JQText.quoted).joined(separator: ",") + "]"
    for (pattern, outcome) in zip(patterns, try run(expressions, on: input)) where outcome != .value("[]") {
      // Some counted groups inside counted groups make libjq 1.6 abort: one more reason for the sandbox.
      if case .failure(let message) = outcome, message.hasPrefix("ended: "), !RegexShape(pattern).isHarmless {
        continue
      }
      Issue.record("\(pattern): \(outcome) (seed \(seed))")
    }
  }

  private static func pattern(depth: Int, _ random: inout SeededRandom) -> String {
    let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in atom(depth: depth, &random) }
    let sequence = parts.joined()
    return random.chance(5) ? sequence + "|" + atom(depth: depth, &random) : sequence
  }

  private static func atom(depth: Int, _ random: inout SeededRandom) -> String {
    let plain = [
      "a", "b", ".", "\\w", "[ab]", "[^a]", "[[:alpha:]]", "\\b", "^", "$", "é", "\\{", "]", "}", "\\s",
    ]
    var atom = random.pick(plain) ?? "a"
    if depth > 0, random.chance(3) {
      let open = random.pick(["(", "(?:", "(?<n>", "(?=", "(?!", "(?i:", "(?i)("]) ?? "("
      atom = open + pattern(depth: depth - 1, &random) + ")"
    }
    let signs = ["", "", "", "*", "+", "?", "+?", "*?", "{0,2}", "{2}", "{,2}", "{1,}"]
    return atom + (random.pick(signs) ?? "")
  }

  @Test(
    "one that can take ages is not harmless",
    arguments: [
      "(a+)+", "(a+)+$", "(a*)*", "(.*)*", "(a|a)*", "(a|a)+$", "(a|ab)*c", "(a?)*", "(a?){30}a{30}",
      "(a+){10}",
      "([a-z]+)*$", "(\\w+\\s?)*$", ".*.*.*.*x", "a*a*a*a*b", "(?:a|b|ab)+x", "((a|b){1,9})", "(?=(a+))\\1*",
      "(a{1,99}){1,99}", "((a{9}){9}){9}", "a{1000}", "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa", "a**",
      "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)", "(?x)a", "(?<n>a)\\k<n>*",
      String(repeating: "(", count: 200) + String(repeating: ")", count: 200),
    ])
  func harmful(_ pattern: String) {
    #expect(!RegexShape(pattern).isHarmless)
  }

  @Test(
    "those of real mappings are",
    arguments: [
      "^refs/heads/", "[^/]+$", "^https?://[^/]+/([^/]+)/([^/]+)/.*$", "-", " ", "[^a-zA-Z0-9-]", "\\s+",
      "(?<org>[^/]+)/(?<repo>[^/]+)", "^(main|master|develop)$", "(?i)prod", "^[A-Z]+-[0-9]+", ".*",
      "^arn:aws:[a-z]+:", "\\[[^\\]]*\\]", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", "\\.[0-9]+Z$",
      "https?://",
      "^/subscriptions/(?<id>[^/]+)/resourceGroups/(?<group>[^/]+)/providers/", "(?<v>[0-9]+)\\.(?<w>[0-9]+)",
    ])
  func harmless(_ pattern: String) {
    #expect(RegexShape(pattern).isHarmless)
  }
}

/// Texts as jq and JSON write them.
enum JQText {
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
