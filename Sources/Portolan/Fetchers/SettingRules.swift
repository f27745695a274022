import JQ

/// The rules on selector settings: each is defined once, and read.
struct SettingRules {
  private let tree: FetcherTree
  private let uses: [FetcherExpressionUse]

  init(_ tree: FetcherTree, _ uses: [FetcherExpressionUse]) {
    self.tree = tree
    self.uses = uses
  }

  func findings() -> [Diagnostic] {
    tree.kinds.flatMap { kind in reads(of: kind) + parent(of: kind) }
  }

  /// Settings that a kind's expressions read and that it has not, and the other way round.
  private func reads(of kind: DocumentNode) -> [Diagnostic] {
    let names = kind.settings.compactMap(\.name)
    var read: Set<String> = []
    var findings: [Diagnostic] = []
    for use in uses where use.kind?.path == kind.path {
      // What cannot be read may use any of them.
      guard let program = use.lint.jq.program else {
        read.formUnion(names)
        continue
      }
      let reads = ContextReads(.selector, in: program)
      if reads.isWhole { read.formUnion(names) }
      for (name, range) in reads.members where read.insert(name).inserted && !names.contains(name) {
        // The one that is meant is read.
        if let meant = Spelling.nearest(to: name, in: names) { read.insert(meant) }
        findings.append(
          use.lint.finding(
            .error, .unknownSetting, "the kind `\(kind.name ?? "")` has no selector setting `\(name)`",
            help: Self.nearest(name, names)
              ?? "add it to the kind's `selector:`, as `\(name): string`", in: range))
      }
    }
    return findings
      + kind.settings.filter { !read.contains($0.name ?? "") }.map { setting in
        finding(
          .warning, .unusedSetting, "no request of this kind reads `selector.\(setting.name ?? "")`",
          "use it in the request, or remove the setting", setting)
      }
  }

  /// What a kind says to its parent's selector.
  private func parent(of kind: DocumentNode) -> [Diagnostic] {
    guard let name = kind.parentKind?.text, let parent = tree.listed.first(where: { $0.name == name }) else {
      return []
    }
    let settings = parent.settings.compactMap { SelectorSetting($0, in: tree.file) }
    return (kind["parent"]?["selector"]?.members ?? []).compactMap { member in
      // What is wrong with a setting's own definition has been said.
      guard parent.settings.contains(where: { $0.name == member.name }) else {
        return unknown(member, settings.map(\.name), of: name)
      }
      return settings.first { $0.name == member.name }.flatMap { value(member, $0) }
    }
  }

  private func unknown(_ member: DocumentNode, _ names: [String], of kind: String) -> Diagnostic {
    let known = names.isEmpty ? "it has none" : "it has \(names.map { "`\($0)`" }.joined(separator: ", "))"
    return finding(
      .error, .unknownSetting, "the kind `\(kind)` has no selector setting `\(member.name ?? "")`",
      Self.nearest(member.name ?? "", names) ?? known, member)
  }

  /// What is wrong with a value that is always the same, or that is put together within a list or a mapping.
  private func value(_ member: DocumentNode, _ setting: SelectorSetting) -> Diagnostic? {
    if member.template == nil, member.hasExpressions {
      return finding(
        .error, .wrongType, "`\(setting.name)` has a template within a list or a mapping",
        "write one expression that gives all of it, as `\"{{ [selector.\(setting.name)] }}\"`", member)
    }
    guard member.template?.expressions.isEmpty ?? true, let problem = setting.problem(with: member.yaml)
    else {
      return nil
    }
    return finding(
      .error, .wrongType, "`\(setting.name)` is \(problem)", "write \(setting.kind.phrase)", member)
  }

  private static func nearest(_ name: String, _ names: [String]) -> String? {
    Spelling.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
  }

  /// A finding on a key.
  private func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, _ help: String,
    _ node: DocumentNode
  ) -> Diagnostic {
    let key = node.key ?? node.yaml
    return Diagnostic(
      severity, rule, message, help: help, at: SourceLocation(key.start, in: tree.file),
      to: key.headEnd(in: tree.file), field: node.path)
  }
}

extension DocumentNode {
  /// Whether a template with an expression is in it. The YAML reader limits how deep nodes nest.
  fileprivate var hasExpressions: Bool {
    if let template { return !template.expressions.isEmpty }
    return (members ?? elements ?? []).contains(where: \.hasExpressions)
  }
}

extension Diagnostic.Rule {
  /// A selector setting that the fetcher does not have.
  public static let unknownSetting = Self("unknown-setting")
  /// A selector setting that no request reads.
  public static let unusedSetting = Self("unused-setting")
}
