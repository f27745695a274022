extension FetcherDefinition {
  /// Reads the file at `path`.
  ///
  /// A kind with an error in it is left out and named in ``diagnostics``: it costs only itself.
  /// - Throws: ``DiagnosticsError`` where nothing can be asked: the file cannot be read, is not YAML, or has an
  ///   error outside of its kinds.
  package static func load(contentsOf path: String) throws(DiagnosticsError) -> FetcherDefinition {
    try FetcherDefinition(FetcherTree(document: try DocumentReader.read(contentsOf: path, by: .fetcher)))
  }

  /// Reads a definition from YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError``, as ``load(contentsOf:)``.
  package init(yaml bytes: [UInt8], file: String) throws(DiagnosticsError) {
    let document = try DocumentReader.read(yaml: bytes, by: .fetcher, file: file)
    try self.init(FetcherTree(document: document))
  }

  /// The kind of that name, or what `otherKinds` makes of it; nil where there is neither, or an error in it.
  package func kind(named name: String) -> Kind? {
    if let kind = kinds.first(where: { $0.name == name }) { return kind }
    guard !brokenKinds.contains(name), var kind = otherKinds else { return nil }
    kind.name = name
    return kind
  }

  init(_ tree: FetcherTree) throws(DiagnosticsError) {
    let findings = FetcherCheck(tree).findings()
    let diagnostics = findings.eachOnce.inFileOrder()
    let errors = findings.filter { $0.severity == .error }
    let isBroken = { (node: DocumentNode) in errors.contains { $0.isInside(node.path) } }
    let broken = tree.kinds.filter(isBroken)
    guard let baseURL = tree.root["baseUrl"]?.template,
      !errors.contains(where: { error in !broken.contains { error.isInside($0.path) } })
    else { throw DiagnosticsError(diagnostics) }
    let limits = tree.root["limits"]
    file = tree.file
    self.baseURL = baseURL
    authentications = tree.authentications.compactMap(Authentication.init)
    headers = [Field](tree.root["headers"])
    events = tree.root["events"].flatMap { Events($0, in: tree.file) }
    self.limits = Limits(limits)
    kinds = tree.listed.filter { !isBroken($0) }.compactMap { Kind($0, in: tree.file) }
    otherKinds = tree.root["otherKinds"].flatMap { isBroken($0) ? nil : Kind($0, in: tree.file) }
    brokenKinds = broken.compactMap(\.name)
    self.diagnostics = diagnostics
    let circles = tree.listed.filter { kind in
      tree.ancestors(of: kind).contains { $0.name == kind.name }
    }
    leaveOutOrphans(exceptIn: circles.compactMap(\.name))
  }

  /// Leaves out the kinds whose parent was left out, and says so, but for those of circles, of which it is said.
  private mutating func leaveOutOrphans(exceptIn circles: [String]) {
    while let place = kinds.firstIndex(where: { orphan($0) != nil }), let finding = orphan(kinds[place]) {
      if !circles.contains(kinds[place].name) { diagnostics.append(finding) }
      brokenKinds.append(kinds.remove(at: place).name)
    }
    if let kind = otherKinds, let finding = orphan(kind) {
      diagnostics.append(finding)
      otherKinds = nil
    }
    diagnostics = diagnostics.inFileOrder()
  }

  private func orphan(_ kind: Kind) -> Diagnostic? {
    guard case .kind(let parent, let location, _)? = kind.parent?.source, brokenKinds.contains(parent) else {
      return nil
    }
    return Diagnostic(
      .error, .invalidParent, "`\(kind.name)` cannot be asked for without its parent `\(parent)`",
      help: "correct what is wrong with `\(parent)`", at: location, field: "kinds.\(kind.name).parent")
  }
}

extension Diagnostic {
  /// Whether it is about what stands at `path` of the document, or below it.
  fileprivate func isInside(_ path: String) -> Bool {
    guard let field, field.hasPrefix(path) else { return false }
    return field.utf8.count == path.utf8.count || [".", "["].contains(field.dropFirst(path.count).prefix(1))
  }
}

extension [FetcherDefinition.Field] {
  /// The members of a mapping, none of nothing.
  fileprivate init(_ node: DocumentNode?) {
    self = (node?.members ?? []).compactMap { member in
      member.template.map { FetcherDefinition.Field(name: member.name ?? "", value: $0) }
    }
  }
}

extension FetcherDefinition.Limits {
  /// The grammar knows the defaults.
  fileprivate init(_ node: DocumentNode?) {
    func number(_ key: String) -> Double {
      node?.number(key) ?? Grammar.fetcher.defaultNumber(of: key, of: .limits) ?? 0
    }
    self.init(
      concurrency: Int(number("concurrency")), perSecond: node?["perSecond"]?.number,
      timeout: number("timeout"), attempts: Int(number("attempts")), responseSize: number("responseSize"),
      longestWait: number("longestWait"))
  }
}

// MARK: Authentication

extension FetcherDefinition.Authentication {
  fileprivate init?(_ node: DocumentNode) {
    guard let method = Method(node) else { return nil }
    self.init(condition: node["when"]?.expression, method: method)
  }
}

extension FetcherDefinition.Authentication.Method {
  /// What names a way to sign requests, of which there is one.
  static let keys = ["basic", "bearer", "header", "query", "oauth2", "login"]

  fileprivate init?(_ node: DocumentNode) {
    if let basic = node["basic"] {
      guard let username = basic["username"]?.template, let password = basic["password"]?.template else {
        return nil
      }
      self = .basic(username: username, password: password)
    } else if let token = node["bearer"]?.template {
      self = .bearer(token)
    } else if let header = node["header"] {
      guard let name = header["name"]?.text, let value = header["value"]?.template else { return nil }
      self = .header(name: name, value: value)
    } else if let parameter = node["query"] {
      guard let name = parameter["name"]?.text, let value = parameter["value"]?.template else { return nil }
      self = .query(name: name, value: value)
    } else if let oauth2 = node["oauth2"].flatMap(FetcherDefinition.Authentication.OAuth2.init) {
      self = .oauth2(oauth2)
    } else if let login = node["login"].flatMap(FetcherDefinition.Authentication.Login.init) {
      self = .login(login)
    } else {
      return nil
    }
  }
}

extension FetcherDefinition.Authentication.OAuth2 {
  fileprivate init?(_ node: DocumentNode) {
    guard let url = node["tokenUrl"]?.template, let id = node["clientId"]?.template,
      let secret = node["clientSecret"]?.template
    else { return nil }
    self.init(
      tokenURL: url, clientID: id, clientSecret: secret, scope: node["scope"]?.template,
      form: [FetcherDefinition.Field](node["form"]), sendsSecretInBody: node.flag("secretInBody"))
  }
}

extension FetcherDefinition.Authentication.Login {
  fileprivate init?(_ node: DocumentNode) {
    guard let list = FetcherDefinition.List(node) else { return nil }
    self.init(
      list: list, headers: [FetcherDefinition.Field](node["use"]?["headers"]),
      query: [FetcherDefinition.Field](node["use"]?["query"]), lifetime: node["lifetime"]?.expression)
  }
}

// MARK: Kinds

extension FetcherDefinition.Kind {
  fileprivate init?(_ node: DocumentNode, in file: String) {
    guard let name = node.name, let list = FetcherDefinition.List(node) else { return nil }
    self.init(
      name: name, description: node["description"]?.text,
      settings: node.settings.compactMap { SelectorSetting($0, in: file) },
      parent: node["parent"].flatMap { FetcherDefinition.Parent($0, in: file) },
      once: node["once"]?.expression, list: list,
      event: node["event"].flatMap { FetcherDefinition.Event($0, in: file) },
      location: SourceLocation(node.key?.start ?? node.yaml.start, in: file))
  }
}

extension SelectorSetting {
  init?(_ node: DocumentNode, in file: String) {
    guard let name = node.name, let kind = Kind(rawValue: node.text ?? node.text("type") ?? "") else {
      return nil
    }
    let standard = node["default"]?.yaml
    self.init(
      name: name, kind: kind, defaultJSON: standard.flatMap { $0.isNull ? nil : $0.json() },
      description: node["description"]?.text,
      values: node["values"]?.elements?.compactMap(\.text) ?? [], isRequired: node.flag("required"),
      location: SourceLocation(node.key?.start ?? node.yaml.start, in: file))
  }
}

extension FetcherDefinition.Parent {
  init?(_ node: DocumentNode, in file: String) {
    if let name = node.text {
      let location = SourceLocation(node.yaml.start, in: file)
      self.init(source: .kind(name, location: location, settings: []), condition: nil)
    } else if let kind = node["kind"], let name = kind.text {
      let settings = [FetcherDefinition.Field](typed: node["selector"], in: file)
      let location = SourceLocation(kind.yaml.start, in: file)
      self.init(
        source: .kind(name, location: location, settings: settings), condition: node["when"]?.expression)
    } else if let values = node["values"]?.expression {
      self.init(source: .values(values), condition: node["when"]?.expression)
    } else {
      return nil
    }
  }
}

extension [FetcherDefinition.Field] {
  /// The members of a mapping that are JSON, each with its type: `true` is a boolean, and not a text.
  fileprivate init(typed node: DocumentNode?, in file: String) {
    self = (node?.members ?? []).compactMap { member in
      let location = SourceLocation(member.yaml.start, in: file)
      let literal = Template(
        [.expression(ConfigExpression(text: member.yaml.json(), at: location))], at: location)
      switch member.content {
      case .template(let template):
        return FetcherDefinition.Field(name: member.name ?? "", value: template)
      case .wrong: return nil
      default: return FetcherDefinition.Field(name: member.name ?? "", value: literal)
      }
    }
  }
}

// MARK: Lists

extension FetcherDefinition.List {
  init?(_ node: DocumentNode) {
    guard let request = node["get"] ?? node["post"], let path = request.template else { return nil }
    self.init(
      method: (request.name ?? "").uppercased(), path: path, query: [FetcherDefinition.Field](node["query"]),
      headers: [FetcherDefinition.Field](node["headers"]), body: node["body"].map(BodyTemplate.init),
      form: [FetcherDefinition.Field](node["form"]),
      paging: node["paging"].flatMap(FetcherDefinition.Paging.init) ?? .onePage,
      items: node["items"]?.expression, none: node["none"]?.expression, error: node["error"]?.expression,
      retry: node["retry"]?.expression,
      added: (node["add"]?.members ?? []).compactMap { member in
        member.expression.map { FetcherDefinition.Added(key: member.name ?? "", value: $0) }
      },
      joins: (node["join"]?.members ?? []).compactMap(FetcherDefinition.Join.init))
  }
}

extension FetcherDefinition.Join {
  fileprivate init?(_ node: DocumentNode) {
    guard let list = FetcherDefinition.List(node) else { return nil }
    self.init(key: node.name ?? "", condition: node["when"]?.expression, list: list)
  }
}

extension BodyTemplate {
  /// The YAML reader limits how deep nodes nest.
  fileprivate init(_ node: DocumentNode) {
    switch node.content {
    case .mapping(let members, _):
      self = .object(members.map { (key: $0.name ?? "", value: BodyTemplate($0)) })
    case .list(let elements): self = .list(elements.map { BodyTemplate($0) })
    case .template(let template) where !template.expressions.isEmpty: self = .template(template)
    default: self = .constant(node.yaml.json())
    }
  }
}

extension FetcherDefinition.Paging {
  /// A list that is on one page.
  fileprivate static let onePage = FetcherDefinition.Paging(
    style: .none, place: .query, limit: nil, size: nil, start: nil, total: nil, until: nil, pages: nil)

  fileprivate init?(_ node: DocumentNode) {
    guard let style = Style(node) else { return nil }
    self.init(
      style: style, place: node.text("in").flatMap(Place.init) ?? .query, limit: node["limit"]?.text,
      size: node["size"]?.integer, start: node["start"]?.integer, total: node["total"]?.expression,
      until: node["until"]?.expression, pages: node["pages"]?.integer)
  }
}

extension FetcherDefinition.Paging.Style {
  /// What names a style, of which there is one.
  static let keys = ["offset", "page", "cursor", "next", "link"]

  fileprivate init?(_ node: DocumentNode) {
    if let name = node["offset"]?.text {
      self = .offset(name)
    } else if let name = node["page"]?.text {
      self = .page(name)
    } else if let cursor = node["cursor"]?.expression, let parameter = node["parameter"]?.text {
      self = .cursor(cursor, parameter: parameter)
    } else if let next = node["next"]?.expression {
      self = .next(next)
    } else if let relation = node["link"]?.text {
      self = .link(relation)
    } else {
      return nil
    }
  }
}
