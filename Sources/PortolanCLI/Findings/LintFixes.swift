import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Mends what can be mended for certain in one file.
struct LintFixes {
  /// A cure may bring to light what it hid; after so many rounds the file is left as it is then.
  private static let rounds = 10

  /// What was mended, in the order in which it was.
  private(set) var mended: [Diagnostic] = []
  /// The findings that remain, in the text as it is then.
  private(set) var report: LintReport
  /// The text as it was; nil where it cannot be read.
  let before: [UInt8]?

  /// Finds the cures; `lint` lints the file with another text.
  init(_ report: LintReport, lint: ([UInt8]) -> LintReport) {
    self.report = report
    before = report.source
    var texts: Set<[UInt8]> = []
    for _ in 0..<Self.rounds {
      guard let source = self.report.source, texts.insert(source).inserted else { break }
      let applied = AppliedFixes(self.report.findings.filter { $0.location?.file == report.file }, to: source)
      if applied.diagnostics.isEmpty || applied.text == source { break }
      mended += applied.diagnostics
      self.report = lint(applied.text)
    }
  }

  /// Writes the mended text, whole or not at all: permissions stay, a link is followed.
  ///
  /// - Throws: `UsageError` where the file has changed meanwhile, or cannot be written.
  func write() throws(UsageError) {
    guard !mended.isEmpty, let before, let text = report.source else { return }
    let path = URL(filePath: report.file).resolvingSymlinksInPath().path
    guard (try? FileBytes.read(path)) == before else {
      throw UsageError("\(report.file) changed while it was linted, and is left as it is", "run it again")
    }
    let permissions = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    try OutputSink(path: path).write(text)
    if let permissions {
      try? FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
  }

  /// A line for each change: `port-app-config.yml:7: write `'"issue"'` [missing-quotes]`.
  var text: String {
    mended.map { finding in
      let line = finding.location.map { ":\($0.line)" } ?? ""
      return "\(report.file)\(line): \(finding.fix?.title ?? "") [\(finding.rule)]\n"
    }.joined()
  }
}
