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
    if let events = tree.root["events"] { add(events: events) }
    for kind in tree.kinds { add(kind: kind) }
  }

  private mutating func add(events: DocumentNode) {
    add(events.present(["secret"]), knowing: [.config])
    add(events.present(["id"]), .value, knowing: [.config])
    for webhook in events.webhooks {
      let own: Set<FetcherContext> = [.config, .webhook]
      var known = own
      if let parent = webhook["parent"] {
        known.insert(.parent)
        add(parent, knowing: own)
      }
      if let find = webhook["find"] { add(list: find, .nothing, known) }
      add(webhook.present(["same"]), .value, knowing: known)
      add(webhook.present(Self.requestKeys), knowing: known)
    }
  }

  private mutating func add(event: DocumentNode, of own: Set<FetcherContext>, known: Set<FetcherContext>) {
    let ofEvent: Set<FetcherContext> = [.config, .kind]
    add(event.present(["when"]), .value, knowing: ofEvent)
    add(event.present(["objects"]), .value, role: .items, knowing: ofEvent)
    add(event.present(["key", "deleted"]), .value, knowing: ofEvent.union([.event]))
    let ofObject = own.union([.object])
    add(list: event, .value, ofObject, hasPages: false)
    if let parent = event["parent"] {
      if parent.expression == nil {
        add(list: parent, .value, ofObject, hasPages: false)
      } else {
        add([parent], .value, knowing: ofObject)
      }
    }
    add(event.present(["keep"]), .value, knowing: known.union([.object]))
  }

  private mutating func add(_ parent: DocumentNode, knowing own: Set<FetcherContext>) {
    add(parent.present(["values"]), role: .items, knowing: own)
    add(parent.present(["selector"]), knowing: own)
    add(parent.present(["when"]), .value, knowing: own.union([.parent]))
  }

  private static let requestKeys = ["get", "post", "query", "headers", "body", "form"]

  private mutating func add(_ authentication: DocumentNode) {
    let login = authentication["login"]
    add(
      authentication.present(["when", "basic", "bearer", "header", "query", "oauth2"]), knowing: [.config])
    guard let login else { return }
    add(login.present(Self.requestKeys), knowing: [.config])
    add(login.present(["lifetime"]), .value, knowing: [.config])
    add(login.present(["use"]), knowing: [.config, .login])
  }

  private mutating func add(kind: DocumentNode) {
    self.kind = kind
    let own: Set<FetcherContext> = [.config, .selector, .kind]
    var known = own
    if let parent = kind["parent"] {
      known.insert(.parent)
      add(parent, knowing: own)
    }
    add(list: kind, .nothing, known)
    add(kind.present(["once", "add"]), .value, knowing: known)
    for join in kind["join"]?.members ?? [] {
      add(join.present(["when"]), .value, knowing: known)
      add(list: join, .value, known)
    }
    if let event = kind["event"] { add(event: event, of: own, known: known) }
  }

  private mutating func add(
    list: DocumentNode, _ input: FetcherExpressionUse.Input, _ known: Set<FetcherContext>,
    hasPages: Bool = true
  ) {
    add(list.present(Self.requestKeys), input, knowing: hasPages ? known.union([.page]) : known)
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
