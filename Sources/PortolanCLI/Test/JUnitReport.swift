import Portolan

/// The outcome of a test as JUnit XML, which CI services read: a suite an integration, a case a kind.
enum JUnitReport {
  /// The document, UTF-8.
  static func xml(_ tested: [TestedIntegration]) -> [UInt8] {
    let suites = tested.map(suite)
    let cases = suites.map(\.cases).reduce(0, +)
    let failures = suites.map(\.failures).reduce(0, +)
    let lines =
      [
        #"<?xml version="1.0" encoding="UTF-8"?>"#,
        #"<testsuites name="portolan" tests="\#(cases)" failures="\#(failures)" errors="0">"#,
      ] + suites.map(\.text) + ["</testsuites>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  private static func suite(_ integration: TestedIntegration) -> (text: String, cases: Int, failures: Int) {
    let name = integration.name.isEmpty ? integration.configPath : integration.name
    var cases = integration.outcomes.map { outcome in
      (
        outcome.kind,
        failure(outcome.state, integration.failures(ofKind: outcome.kind)).map {
          element("failure", $0.message, $0.text)
        }
      )
    }
    if !integration.errors.isEmpty {
      cases.append(("the mapping", element("failure", "the mapping has errors", text(integration.errors))))
    }
    let failures = cases.count { $0.1 != nil }
    let head =
      #"  <testsuite name=\#(quoted(name)) tests="\#(cases.count)" failures="\#(failures)" errors="0">"#
    let lines = cases.map { kind, failure in
      let start = "    <testcase classname=\(quoted(name)) name=\(quoted(kind))"
      return failure.map { "\(start)>\n      \($0)\n    </testcase>" } ?? "\(start)/>"
    }
    return (([head] + lines + ["  </testsuite>"]).joined(separator: "\n"), cases.count, failures)
  }

  private static func failure(
    _ state: SnapshotTest.State, _ failures: [String: String]
  ) -> (message: String, text: String)? {
    switch state {
    case .same: nil
    case .different(let differences):
      (
        "entities differ: \(differences.counts)",
        differences.flatMap {
          DifferenceText(style: Style(hasColour: false, width: 0), failures: failures).lines($0)
        }
        .joined(separator: "\n")
      )
    case .missing: ("there is no snapshot", "run `portolan test --update`, and commit what it writes")
    case .stale:
      ("the snapshot belongs to no kind", "`portolan test --update` removes it")
    case .invalid(let diagnostic): ("the snapshot cannot be read", text([diagnostic]))
    }
  }

  private static func text(_ diagnostics: [Diagnostic]) -> String {
    DiagnosticText(style: Style(hasColour: false, width: 110)).text(diagnostics, SourceFiles())
  }

  private static func element(_ name: String, _ message: String, _ text: String) -> String {
    "<\(name) message=\(quoted(message))>\(escaped(text))</\(name)>"
  }

  private static func quoted(_ text: String) -> String { "\"\(escaped(text))\"" }

  /// `text` with what XML 1.0 cannot hold replaced by U+FFFD.
  private static func escaped(_ text: String) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      case "\t", "\n": output.unicodeScalars.append(scalar)
      case "\r": output += "&#13;"
      case "\0"..<" ", "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
