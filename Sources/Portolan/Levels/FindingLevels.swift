/// How bad findings are, by all who have a say in it: a call, then a comment on the line, a comment on the file, and
/// the project.
struct FindingLevels: Sendable {
  /// What a call says.
  var call = RuleLevels()
  /// What the project says.
  var project = RuleLevels()
  /// The comments of each file.
  private(set) var comments: [String: RuleComments] = [:]

  /// Takes in what the comments of a file say.
  ///
  /// - Returns: what is wrong with them.
  mutating func read(_ source: [UInt8], file: String) -> [Diagnostic] {
    let read = RuleComments(source, file: file)
    if !read.comments.isEmpty { comments[file] = read }
    return read.diagnostics
  }

  /// Takes in what the comments of the file at `path` say, if it can be read.
  ///
  /// - Returns: what is wrong with them.
  mutating func read(fileAt path: String) -> [Diagnostic] {
    // Whether it can be read is said by whoever needs what is in it.
    guard let source = try? FileBytes.read(path) else { return [] }
    return read(source, file: path)
  }

  /// What lint says of a file: what it `found` in it in the order of the file, with what is wrong with its `comments`,
  /// and then of `others`.
  func settled(_ found: [Diagnostic], _ comments: [Diagnostic], _ others: [Diagnostic]) -> [Diagnostic] {
    let aboutComments = comments + unused(among: found, of: RuleLevels.rulesOfText)
    let own = aboutComments.isEmpty ? found : (found + aboutComments).inFileOrder()
    return applied(to: own + others)
  }

  /// The findings, each as bad as it is said to be; without those that are off.
  func applied(to diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.compactMap { diagnostic in
      var diagnostic = diagnostic
      switch level(of: diagnostic) {
      case .error: diagnostic.severity = .error
      case .warning: diagnostic.severity = .warning
      case .off: return nil
      case nil: break
      }
      return diagnostic
    }
  }

  private func level(of diagnostic: Diagnostic) -> RuleLevels.Level? {
    guard !RuleLevels.fixedRules.contains(diagnostic.rule) else { return nil }
    let comments = diagnostic.location.flatMap { self.comments[$0.file] }
    return call[diagnostic.rule] ?? comments?.level(of: diagnostic, onLine: true)
      ?? comments?.level(of: diagnostic, onLine: false) ?? project[diagnostic.rule]
  }

  /// The comments that name one of `rules`, and none of `findings` is about: what is wrong with each.
  func unused(among findings: [Diagnostic], of rules: Set<Diagnostic.Rule>) -> [Diagnostic] {
    comments.sorted { $0.key < $1.key }.flatMap { file, comments in
      comments.unused(among: findings.filter { $0.location?.file == file }, of: rules)
    }
  }
}
