import Portolan

/// A finding, and the file that it is about where it has no place.
struct FoundFinding {
  let finding: Diagnostic
  let file: String

  /// The findings of one file.
  static func all(_ findings: [Diagnostic], of file: String) -> [FoundFinding] {
    findings.map { FoundFinding(finding: $0, file: file) }
  }
}

/// What was found in all files: what every report of findings is made from.
struct FindingSummary {
  /// The findings, each once: several configs may share a file.
  var findings: [FoundFinding]
  /// The files that were looked at.
  var files: [String]
  /// The texts of the files, as far as they have been read.
  var sources: [String: [UInt8]] = [:]
  /// Whether more was found, which a baseline knows.
  var hasKnown = false

  init(_ findings: [FoundFinding], files: [String]) {
    var seen: Set<Diagnostic> = []
    self.findings = findings.filter { $0.finding.location == nil || seen.insert($0.finding).inserted }
    self.files = files
  }

  /// What lint has found.
  init(_ reports: [LintReport]) {
    self.init(reports.flatMap { FoundFinding.all($0.findings, of: $0.file) }, files: reports.map(\.file))
    let read = reports.compactMap { report in report.source.map { (report.file, $0) } }
    sources = Dictionary(read) { first, _ in first }
  }

  var diagnostics: [Diagnostic] { findings.map(\.finding) }
  var errors: Int { diagnostics.count { $0.severity == .error } }
  var warnings: Int { diagnostics.count { $0.severity == .warning } }

  /// `2 errors, 1 warning`; nil where nothing was found.
  var counts: String? {
    let counts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }.map { Self.count($0, $1) }
    return counts.isEmpty ? nil : counts.joined(separator: ", ")
  }

  /// `2 errors, 1 warning in 1 of 3 files`
  var line: String {
    let all = Self.count(files.count, "file")
    guard let counts else { return "\(all): nothing \(hasKnown ? "new" : "wrong") was found" }
    let faulty = Set(findings.map { $0.finding.location?.file ?? $0.file }).count
    return "\(counts) in " + (faulty < files.count ? "\(faulty.grouped) of \(all)" : all)
  }

  /// `text` in the colour of what they come to.
  func coloured(_ text: String, _ style: Style) -> String {
    if errors > 0 { return style.red(text) }
    return warnings > 0 ? style.yellow(text) : style.green(text)
  }

  static func count(_ count: Int, _ name: String) -> String {
    "\(count.grouped) \(name)\(count == 1 ? "" : "s")"
  }
}
