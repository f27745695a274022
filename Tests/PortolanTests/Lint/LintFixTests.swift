import Testing

@testable import Portolan

@Suite("Lint: edits that mend")
struct LintFixTests {
  private static func lint(_ yaml: String) -> [Diagnostic] {
    Linter().lint(Array(yaml.utf8), file: "config.yml")
  }

  /// The text with the edits made, the last one first.
  private static func applying(_ fix: Diagnostic.Fix, to text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
    for edit in fix.edits.reversed() {
      let head = lines[edit.start.line - 1].prefix(edit.start.column - 1)
      let tail = lines[edit.end.line - 1].dropFirst(edit.end.column - 1)
      lines.replaceSubrange(
        edit.start.line - 1...edit.end.line - 1, with: [head + Array(edit.replacement.unicodeScalars) + tail])
    }
    return lines.map { line in
      var text = String.UnicodeScalarView()
      text.append(contentsOf: line)
      return String(text)
    }.joined(separator: "\n")
  }

  /// A property's value as it is written in YAML, and as the edit leaves it.
  static let mended: [(written: String, mended: String)] = [
    (".a && .b || .c", ".a and .b or .c"),
    ("\".a === \\\"x\\\" && .b\"", "\".a == \\\"x\\\" and .b\""),
    (".a | split(',')", ".a | split(\",\")"),
    ("'.a | split('','')'", "'.a | split(\",\")'"),
    (".a.b-c", ".a.\"b-c\""),
    ("\".a.b-c\"", "\".a.\\\"b-c\\\"\""),
    ("some text", "'\"some text\"'"),
    ("\"{{ .a.b }}\"", "\".a.b\""),
    ("$.a.b", ".a.b"),
    (".a.toLowerCase()", ".a | ascii_downcase"),
    ("(.a.toLowerCase() + .b)", "((.a | ascii_downcase) + .b)"),
    (".a | ascii_upcse", ".a | ascii_upcase"),
    (".a | sub(\"a\", \"b\")", ".a | sub(\"a\"; \"b\")"),
    (".a == None", ".a == null"),
    (".a | test(\"x #y\")", "'.a | test(\"x #y\")'"),
    (".a | test(\"x: y\")", "'.a | test(\"x: y\")'"),
    ("'.a ? .b : .c'", "'if .a then .b else .c end'"),
    ("if .a then .b else .c", "if .a then .b else .c end"),
    (".a | test(\"\\d\")", ".a | test(\"\\\\d\")"),
    ("‘“text”’", "'\"text\"'"),
    (".a is not null", ".a != null"),
    (".a | map(x => x.name)", ".a | map(.name)"),
    (".a | @url", ".a | @uri"),
  ]

  @Test("the finding is gone, and no other is there", arguments: mended)
  func mends(written: String, mended: String) throws {
    let yaml = linted(written)
    let finding = try #require(Self.lint(yaml).first { $0.fix != nil }, "\(Self.lint(yaml))")
    let fix = try #require(finding.fix)
    let after = Self.applying(fix, to: yaml)
    #expect(after == linted(mended))
    let left = Self.lint(after).filter { $0.severity == .error }
    #expect(left.isEmpty, "\(left)")
  }

  @Test("each edit of a rule's example leaves no more errors", arguments: LintRuleTests.expressionCases)
  func examples(broken: LintRuleTests.Case) {
    let before = Self.lint(broken.yaml)
    for finding in before {
      guard let fix = finding.fix else { continue }
      let after = Self.lint(Self.applying(fix, to: broken.yaml))
      #expect(!after.contains { $0.rule == finding.rule && $0.message == finding.message }, "\(after)")
      let errors = { (list: [Diagnostic]) in list.filter { $0.severity == .error }.count }
      #expect(errors(after) <= errors(before), "\(after)")
    }
  }
}
