import Portolan
import PortolanRules
import RawJSON

/// Findings as SARIF 2.1.0 (OASIS), which code scanning tools read.
struct SARIFReport {
  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

  private let rules = LintRule.all
  private let indexes = Dictionary(LintRule.all.enumerated().map { ($1.rule, $0) }) { first, _ in first }

  func render(_ summary: FindingSummary) -> [UInt8] {
    let results = summary.findings.map { result($0.finding, $0.file) }
    let run = object {
      $0.add("tool", json: object { $0.add("driver", json: driver) })
      $0.add("columnKind", text: "unicodeCodePoints")
      $0.add("results", array: results)
    }
    let document = object {
      $0.add("$schema", text: Self.schema)
      $0.add("version", text: "2.1.0")
      $0.add("runs", array: [run])
    }
    return document + [UInt8(ascii: "\n")]
  }

  private var driver: [UInt8] {
    object {
      $0.add("name", text: "portolan")
      $0.add("version", text: Version.portolan)
      $0.add("rules", array: rules.map(rule))
    }
  }

  private func rule(_ rule: LintRule) -> [UInt8] {
    object {
      $0.add("id", text: rule.rule.rawValue)
      $0.add("shortDescription", json: text(rule.summary))
      $0.add("help", json: help(rule))
      $0.add("defaultConfiguration", json: object { $0.add("level", text: rule.severity.rawValue) })
    }
  }

  /// The rule's page.
  private func help(_ rule: LintRule) -> [UInt8] {
    object {
      $0.add("text", text: "\(rule.summary) `portolan rule \(rule.rule)` explains it.")
      if let page = RulePages.page(of: rule.rule.rawValue) { $0.add("markdown", text: page) }
    }
  }

  private func result(_ finding: Diagnostic, _ file: String) -> [UInt8] {
    object {
      $0.add("ruleId", text: finding.rule.rawValue)
      if let index = indexes[finding.rule] { $0.add("ruleIndex", index) }
      $0.add("level", text: finding.severity.rawValue)
      $0.add(
        "message", json: text([finding.message, finding.advice].compactMap { $0 }.joined(separator: "\n")))
      $0.add("locations", array: [location(finding, finding.location?.file ?? file)])
    }
  }

  private func location(_ finding: Diagnostic, _ file: String) -> [UInt8] {
    let place = object {
      $0.add("artifactLocation", json: object { $0.add("uri", text: FileReference.uri(file)) })
      if let start = finding.location { $0.add("region", json: region(start, finding.end)) }
    }
    return object { $0.add("physicalLocation", json: place) }
  }

  private func region(_ start: SourceLocation, _ end: SourceLocation?) -> [UInt8] {
    object {
      $0.add("startLine", start.line)
      $0.add("startColumn", start.column)
      $0.add("endLine", end?.line ?? start.line)
      $0.add("endColumn", end?.column ?? start.column + 1)
    }
  }

  private func text(_ text: String) -> [UInt8] {
    object { $0.add("text", text: text) }
  }

  private func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
    JSONWriter.object(.spaced, members)
  }
}
