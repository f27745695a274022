/// The rules on the structure of a `fetcher.yml`: keys that need or exclude one another, and parents.
struct FetcherRules {
  let tree: FetcherTree

  init(_ tree: FetcherTree) {
    self.tree = tree
  }

  func findings() -> [Diagnostic] {
    kinds() + tree.authentications.flatMap(authentication) + tree.kinds.flatMap(\.lists).flatMap(list)
      + tree.kinds.flatMap(parent) + cycles() + tree.kinds.flatMap(\.settings).flatMap(setting)
      + events()
  }

  private func kinds() -> [Diagnostic] {
    guard tree.kinds.isEmpty, tree.root["kinds"] == nil, tree.root["otherKinds"] == nil else { return [] }
    return [
      missing(
        "there is no `kinds` key", "list the kinds of raw objects: `kinds: {project: {get: /api/projects}}`",
        tree.root)
    ]
  }

  // MARK: Requests

  private func authentication(_ node: DocumentNode) -> [Diagnostic] {
    guard node.members != nil else { return [] }
    let login = node["login"].map { one(of: ["get", "post"], in: $0, example: "post: /auth/login") } ?? []
    return one(
      of: FetcherDefinition.Authentication.Method.keys, in: node, example: "bearer: \"{{ config.token }}\"")
      + login
  }

  func list(_ node: DocumentNode) -> [Diagnostic] {
    guard node.members != nil else { return [] }
    return request(node) + (node["paging"].map { paging($0, of: node) } ?? [])
  }

  /// What is asked, and what is sent with it.
  func request(_ node: DocumentNode) -> [Diagnostic] {
    let both = node.present(["body", "form"])
    return one(of: ["get", "post"], in: node, example: "get: /api/projects")
      + (both.count > 1 ? [conflict(both)] : [])
  }

  private func paging(_ node: DocumentNode, of list: DocumentNode) -> [Diagnostic] {
    guard node.members != nil else { return [] }
    var findings = one(of: FetcherDefinition.Paging.Style.keys, in: node, example: "offset: startAt")
    if let cursor = node["cursor"], node["parameter"] == nil {
      findings.append(
        missing(
          "`cursor` needs a `parameter` that takes it",
          "name the parameter of the next request, as `parameter: pageToken`", cursor))
    }
    if let parameter = node["parameter"], node["cursor"] == nil {
      findings.append(
        missing(
          "`parameter` takes a `cursor`, and there is none",
          "add `cursor:` with jq on the answer, as `cursor: .body.nextPageToken`", parameter))
    }
    if let limit = node["limit"], node["size"] == nil {
      findings.append(
        missing(
          "`limit` needs a `size`: how many objects a page has",
          "add `size: 100`, or how many the API allows", limit))
    }
    if node.text("in") == FetcherDefinition.Paging.Place.body.rawValue, let place = node["in"],
      list["body"]?.members == nil
    {
      findings.append(
        missing(
          "the page is said in the body, and the request has no `body` that is a mapping",
          "add `body: {}`, or say it in the URL: `in: query`", place))
    }
    return findings
  }

  // MARK: Parents

  func parent(_ kind: DocumentNode) -> [Diagnostic] {
    guard let parent = kind["parent"] else { return [] }
    var findings: [Diagnostic] = []
    if parent.members != nil {
      findings = one(of: ["kind", "values"], in: parent, example: "kind: project")
    }
    guard let node = kind.parentKind, let name = node.text,
      !tree.listed.contains(where: { $0.name == name })
    else { return findings }
    let names = tree.listed.compactMap(\.name)
    let nearest = Spelling.nearest(to: name, in: names)
    let known = names.map { "`\($0)`" }.joined(separator: ", ")
    return findings + [
      finding(
        .error, .invalidParent, "there is no kind `\(name)` in this file",
        nearest.map { "did you mean `\($0)`?" } ?? "it has \(known)", node)
    ]
  }

  /// Each circle of parents, at the kind that comes first in the file.
  private func cycles() -> [Diagnostic] {
    var seen: Set<String> = []
    return tree.listed.compactMap { kind in
      let circle = tree.ancestors(of: kind).compactMap(\.name)
      guard let name = kind.name, circle.last == name, !seen.contains(name) else { return nil }
      seen.formUnion(circle)
      let names = ([name] + circle).map { "`\($0)`" }.joined(separator: " → ")
      return finding(
        .error, .invalidParent, "the parents go in a circle: \(names)",
        "one of these kinds must be asked for without a parent", kind.parentKind ?? kind)
    }
  }

  // MARK: Settings

  private func setting(_ node: DocumentNode) -> [Diagnostic] {
    guard let setting = SelectorSetting(node, in: tree.file), let value = node["default"],
      let problem = setting.problem(with: value.yaml)
    else { return [] }
    return [
      finding(
        .error, .wrongType, "the default of `\(setting.name)` is \(problem)",
        "write \(setting.kind.phrase) here, or change its `\(setting.values.isEmpty ? "type" : "values")`",
        value)
    ]
  }

  // MARK: Findings

  /// Exactly one of `keys` must be there.
  func one(of keys: [String], in node: DocumentNode, example: String) -> [Diagnostic] {
    // What is there and wrong has been said.
    let present = node.yaml.mapping?.entries.map(\.keyText).filter(keys.contains) ?? []
    if present.isEmpty {
      let known = keys.map { "`\($0)`" }
      let choice = known.dropLast().joined(separator: ", ") + " or " + (known.last ?? "")
      return [missing("\(node.path) needs one of \(choice)", "add it, as `\(example)`", node)]
    }
    let nodes = node.present(keys)
    return nodes.count > 1 ? [conflict(nodes)] : []
  }

  func conflict(_ nodes: [DocumentNode]) -> Diagnostic {
    let names = nodes.map { "`\($0.name ?? "")`" }.joined(separator: " and ")
    return Diagnostic(
      .error, .conflictingKeys, "\(names) exclude one another", help: "keep one of them",
      at: nodes.last?.key.map { SourceLocation($0.start, in: tree.file) },
      to: nodes.last?.key?.headEnd(in: tree.file), field: nodes.last?.path)
  }

  func missing(_ message: String, _ help: String, _ node: DocumentNode) -> Diagnostic {
    finding(.error, .missingKey, message, help, node)
  }

  func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, _ help: String,
    _ node: DocumentNode
  ) -> Diagnostic {
    Diagnostic(
      severity, rule, message, help: help, at: SourceLocation(node.yaml.start, in: tree.file),
      to: node.yaml.headEnd(in: tree.file), field: node.path.isEmpty ? nil : node.path)
  }
}

extension Diagnostic.Rule {
  /// Keys of which only one may be there.
  public static let conflictingKeys = Self("conflicting-keys")
  /// A parent that is no kind, cannot be asked for, or leads back to the kind itself.
  public static let invalidParent = Self("invalid-parent")
}
