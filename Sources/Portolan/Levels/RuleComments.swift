import YAMLTree

/// The comments of a YAML file that set the levels of rules.
struct RuleComments: Sendable {
  /// The comments, in the order of the file.
  private(set) var comments: [RuleComment] = []
  /// What is wrong with them.
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads the comments of `source`; there are none where it is no YAML.
  init(_ source: [UInt8], file: String) {
    guard source.contains(Array(RuleComment.marker.utf8)), let layout = try? YAMLComments(source) else {
      return
    }
    let lines = Self.contentLines(source, layout.comments)
    for comment in layout.comments {
      let line =
        comment.isAlone ? lines.first { $0 > comment.start.line } ?? comment.start.line : comment.start.line
      let end = layout.longScalars.filter { $0.lowerBound == line }.map(\.upperBound).max() ?? line
      guard let found = RuleComment(comment, in: file, lines: line...end) else { continue }
      comments.append(found)
    }
    diagnostics = comments.flatMap(\.names).compactMap { name in
      RuleLevels.refusal(of: name.rule.rawValue).map {
        Diagnostic(.warning, $0.rule, $0.message, help: $0.help, at: name.start, to: name.end)
      }
    }
    diagnostics += layout.commentsInTexts.compactMap { Self.inText($0, file: file) }
  }

  /// What is wrong with a comment that is a part of a text, nil where it would set no level anywhere.
  private static func inText(_ comment: YAMLComment, file: String) -> Diagnostic? {
    let line = comment.start.line
    guard let found = RuleComment(comment, in: file, lines: line...line), let last = found.names.last else {
      return nil
    }
    return Diagnostic(
      .warning, .unusedIgnore,
      "this comment is a part of the text below a `|` or `>`, and sets no level there",
      help: "write it on the line before that of the text's key, or behind the `|` or `>`",
      at: SourceLocation(comment.start, in: file), to: last.end)
  }

  /// The numbers of the lines that hold more than blanks and a comment.
  private static func contentLines(_ source: [UInt8], _ comments: [YAMLComment]) -> [Int] {
    let alone = Set(comments.filter(\.isAlone).map(\.start.line))
    let text = String(decoding: source, as: UTF8.self).replacing("\r\n", with: "\n").replacing(
      "\r", with: "\n")
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      line.allSatisfy(\.isWhitespace) || alone.contains(index + 1) ? nil : index + 1
    }
  }

  /// What the comments say of a finding: the last one on its line, or else on its file.
  func level(of diagnostic: Diagnostic, onLine: Bool) -> RuleLevels.Level? {
    comments.last { comment in
      (comment.lines != nil) == onLine && comment.concerns(diagnostic.location)
        && comment.names.contains { $0.rule == diagnostic.rule }
    }?.level
  }

  /// The rules that comments name although none of `findings` breaks them there; only those of `rules` are looked at.
  func unused(among findings: [Diagnostic], of rules: Set<Diagnostic.Rule>) -> [Diagnostic] {
    comments.flatMap { comment in
      comment.names.filter { name in
        rules.contains(name.rule)
          && !findings.contains { $0.rule == name.rule && comment.concerns($0.location) }
      }.map { name in
        let place = comment.lines == nil ? "in this file" : "on its line"
        return Diagnostic(
          .warning, .unusedIgnore, "nothing \(place) breaks the rule `\(name.rule)`",
          help: "remove it from the comment",
          at: name.start, to: name.end)
      }
    }
  }
}

extension [UInt8] {
  /// Whether `part` is in them.
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, count >= part.count else { return part.isEmpty }
    for index in 0...(count - part.count) where self[index] == first {
      if self[index..<index + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}
