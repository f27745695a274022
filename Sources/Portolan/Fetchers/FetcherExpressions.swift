/// An expression of a `fetcher.yml`, where it is and what it knows.
struct FetcherExpressionUse {
  /// What `.` is.
  enum Input {
    /// Null: nothing has been answered yet.
    case nothing
    /// What an API answered, or an object or parent from it.
    case value
  }

  let lint: LintExpression
  let input: Input
  /// The names that are not null.
  let known: Set<FetcherContext>
  /// The kind that it belongs to; nil where it is for all of them.
  let kind: DocumentNode?
}

/// Collects the expressions of a `fetcher.yml`.
struct FetcherExpressions {
  private(set) var all: [FetcherExpressionUse] = []
  private var kind: DocumentNode?

  init(_ tree: FetcherTree) {
    add(tree.root.present(["baseUrl", "headers"]), knowing: [.config])
    for authentication in tree.authentications { add(authentication) }
    for kind in tree.kinds { add(kind: kind) }
  }

  private mutating func add(_ authentication: DocumentNode) {
    let login = authentication["login"]
    add(
      authentication.present(["when", "basic", "bearer", "header", "query", "oauth2"]), knowing: [.config])
    guard let login else { return }
    add(login.present(["get", "post", "query", "headers", "body", "form"]), knowing: [.config])
    add(login.present(["lifetime"]), .value, knowing: [.config])
    add(login.present(["use"]), knowing: [.config, .login])
  }

  private mutating func add(kind: DocumentNode) {
    self.kind = kind
    let own: Set<FetcherContext> = [.config, .selector, .kind]
    var known = own
    if let parent = kind["parent"] {
      known.insert(.parent)
      add(parent.present(["values"]), role: .items, knowing: own)
      add(parent.present(["selector"]), knowing: own)
      add(parent.present(["when"]), .value, knowing: known)
    }
    add(list: kind, .nothing, known)
    add(kind.present(["add"]), .value, knowing: known)
    for join in kind["join"]?.members ?? [] {
      add(join.present(["when"]), .value, knowing: known)
      add(list: join, .value, known)
    }
  }

  private mutating func add(
    list: DocumentNode, _ input: FetcherExpressionUse.Input, _ known: Set<FetcherContext>
  ) {
    add(
      list.present(["get", "post", "query", "headers", "body", "form"]), input, knowing: known.union([.page]))
    add(list.present(["items"]), .value, role: .items, knowing: known)
    add(list.present(["paging", "none", "error", "retry"]), .value, knowing: known)
  }

  /// Adds every expression in `nodes`. The YAML reader limits how deep nodes nest.
  private mutating func add(
    _ nodes: [DocumentNode], _ input: FetcherExpressionUse.Input = .nothing,
    role: LintExpression.Role = .value, knowing known: Set<FetcherContext>
  ) {
    for node in nodes {
      for expression in [node.expression].compactMap({ $0 }) + (node.template?.expressions ?? []) {
        let names = FetcherContext.allCases.map(\.rawValue)
        guard let lint = LintExpression(expression, in: node, role, functions: names) else { continue }
        all.append(FetcherExpressionUse(lint: lint, input: input, known: known, kind: kind))
      }
      add(node.members ?? node.elements ?? [], input, role: role, knowing: known)
    }
  }
}
