import Foundation
import JQ
import Testing

@testable import Portolan

/// Counts what is found in the configs of the conformance suite, where that is beside the checkout, and compares with
/// `Tests/RealConfigs/conformance.md`, in which each finding that is counted was judged right.
@Suite("Real configs: findings in the conformance suite")
struct ConformanceFindingTests {
  private static let cases = repository.deletingLastPathComponent().appending(
    path: "shared/conformance/cases")
  private static let table = repository.appending(path: "Tests/RealConfigs/conformance.md")

  /// A row of the table without its judgement.
  struct Row: Hashable, Comparable, CustomStringConvertible {
    let voice: String
    let rule: String
    let severity: String
    let count: Int

    static func < (first: Row, second: Row) -> Bool {
      (first.voice, first.rule, first.severity) < (second.voice, second.rule, second.severity)
    }

    var description: String { "| \(voice) | \(rule) | \(severity) | \(count) |" }
  }

  @Test("what is found was judged right", .enabled(if: FolderListing.isFolder(cases.path)))
  func judged() async throws {
    let found = Set(try await Self.found())
    let judged = Set(try Self.judged())
    let new = found.subtracting(judged).sorted().map(\.description).joined(separator: "\n")
    let gone = judged.subtracting(found).sorted().map(\.description).joined(separator: "\n")
    #expect(new.isEmpty && gone.isEmpty, "read what is new, then count it:\n\(new)\nno longer so:\n\(gone)")
  }

  private static func judged() throws -> [Row] {
    try String(contentsOf: table, encoding: .utf8).split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 5, let count = Int(cells[3]) else { return nil }
      return Row(voice: cells[0], rule: cells[1], severity: cells[2], count: count)
    }
  }

  private static func found() async throws -> [Row] {
    var counts: [[String]: Int] = [:]
    for name in FolderListing.names(cases.path) {
      let folder = cases.appending(path: name)
      let report = Linter().lint(LintTarget(configPath: folder.appending(path: "mapping.yml").path))
      for finding in report.findings { counts[key("lint", finding), default: 0] += 1 + finding.similar }
      guard let config = report.config else { continue }
      let run = DryRun(config, fixtures: FixtureFolder(folder.appending(path: "raw").path))
      let linted = Set(report.findings)
      for finding in await run.run().diagnostics where !linted.contains(finding) {
        counts[key("dry-run", finding), default: 0] += 1 + finding.similar
      }
    }
    return counts.map { Row(voice: $0.key[0], rule: $0.key[1], severity: $0.key[2], count: $0.value) }
  }

  private static func key(_ voice: String, _ finding: Diagnostic) -> [String] {
    [voice, finding.rule.rawValue, finding.severity.rawValue]
  }
}
