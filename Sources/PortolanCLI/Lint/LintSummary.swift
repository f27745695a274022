import Portolan

/// What was found in all configs.
struct LintSummary {
  let reports: [LintReport]

  init(_ reports: [LintReport]) {
    self.reports = reports
  }

  var findings: [Diagnostic] { reports.flatMap(\.findings) }
  var errors: Int { findings.count { $0.severity == .error } }
  var warnings: Int { findings.count { $0.severity == .warning } }

  /// Whether not one of the configs could be read.
  var isUnreadable: Bool { reports.allSatisfy { $0.source == nil } }

  /// `2 errors, 1 warning in 3 files`
  var line: String {
    let files = Self.count(reports.count, "file")
    guard errors + warnings > 0 else { return "\(files): nothing wrong was found" }
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map { Self.count($0, $1) }
    return "\(counts.joined(separator: ", ")) in \(files)"
  }

  private static func count(_ count: Int, _ name: String) -> String {
    "\(count) \(name)\(count == 1 ? "" : "s")"
  }
}
