extension PortAppConfig {
  /// Reads the config file at `path`.
  ///
  /// A resource that is not well-formed is left out and named in ``diagnostics``: it costs only itself.
  /// - Throws: ``DiagnosticsError`` where nothing can be run: the file cannot be read, is not YAML, or
  ///   has no usable resource.
  public init(contentsOf path: String) throws(DiagnosticsError) {
    let tree = try ConfigTree(contentsOf: path)
    let (findings, levels) = Linter().lintAlone(tree)
    self.init(tree, findings, levels)
    try requireResources()
  }

  /// Reads a config from YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError``, as ``init(contentsOf:)``.
  public init(yaml bytes: [UInt8], file: String) throws(DiagnosticsError) {
    let tree = try ConfigTree(yaml: bytes, file: file)
    let (findings, levels) = Linter().lintAlone(tree)
    self.init(tree, findings, levels)
    try requireResources()
  }

  private func requireResources() throws(DiagnosticsError) {
    if !isRunnable { throw DiagnosticsError(diagnostics) }
  }

  /// Whether anything of it can be run, or there is nothing to run.
  private var isRunnable: Bool { !resources.isEmpty || tree.problems.allSatisfy { $0.severity != .error } }

  /// A config of which something can be run; nil where nothing can. `findings` are what is wrong with it,
  /// and `levels` how bad those are that are made later.
  init?(runnable tree: ConfigTree, _ findings: [Diagnostic], _ levels: FindingLevels) {
    self.init(tree, findings, levels)
    if !isRunnable { return nil }
  }

  /// What can be run of a config: the resources without an error in them.
  private init(_ tree: ConfigTree, _ findings: [Diagnostic], _ levels: FindingLevels) {
    let root = tree.root
    self.tree = tree
    self.levels = levels
    deleteDependentEntities = root.flag("deleteDependentEntities")
    createMissingRelatedEntities = root.flag("createMissingRelatedEntities")
    enableMergeEntity = root.flag("enableMergeEntity")
    entityDeletionThreshold = root.number("entityDeletionThreshold")
    resources = tree.resources.compactMap { ResourceConfig($0, in: tree.file) }
    diagnostics = findings
  }
}

extension ResourceConfig {
  /// Nil where there is an error in it.
  fileprivate init?(_ resource: ConfigTree.Resource, in file: String) {
    guard resource.node.isWellFormed, let kind = resource.kind?.text else { return nil }
    let mappings = resource.mappings.compactMap { EntityMapping($0) }
    guard mappings.count == resource.mappings.count else { return nil }
    self.init(
      kind: kind, index: resource.index, selector: SelectorConfig(resource, in: file),
      itemsToParse: resource.port.flatMap(ItemsToParse.init), mappings: mappings,
      hasMappingList: resource.hasMappingList, location: SourceLocation(resource.node.yaml.start, in: file))
  }
}

extension SelectorConfig {
  /// A selector without a query keeps every item; where there is none, the resource is its place.
  fileprivate init(_ resource: ConfigTree.Resource, in file: String) {
    let place = resource.selector ?? resource.node
    let standard = Grammar.portAppConfig.defaultText(of: "query", of: .selector) ?? ""
    self.init(
      query: resource.query?.expression
        ?? ConfigExpression(text: standard, at: SourceLocation(place.yaml.start, in: file)),
      json: resource.selector?.yaml.json() ?? "{}")
  }
}

extension ItemsToParse {
  /// Nil where the resource parses no items.
  fileprivate init?(_ port: DocumentNode) {
    guard let expression = port["itemsToParse"]?.expression, let name = port.text("itemsToParseName") else {
      return nil
    }
    self.init(
      expression: expression, name: name, removesParsedArray: port.flag("itemsToParseTopLevelTransform"))
  }
}

extension EntityMapping {
  fileprivate init?(_ mapping: ConfigTree.Mapping) {
    let node = mapping.node
    guard let identifier = node["identifier"].flatMap(FieldMapping.init),
      let blueprint = node["blueprint"]?.expression
    else { return nil }
    self.init(
      identifier: identifier, blueprint: blueprint, title: node["title"]?.expression,
      icon: node["icon"]?.expression, team: node["team"].flatMap(FieldMapping.init),
      properties: node["properties"]?.members?.compactMap { member in
        member.expression.map { (name: member.name ?? "", expression: $0) }
      },
      relations: node["relations"]?.members?.compactMap { member in
        FieldMapping(member).map { (name: member.name ?? "", mapping: $0) }
      })
  }
}

extension FieldMapping {
  fileprivate init?(_ node: DocumentNode) {
    switch node.content {
    case .expression(let expression): self = .expression(expression)
    case .mapping(let members, _):
      self = .query(
        members.compactMap { member in FieldMapping(member).map { (key: member.name ?? "", value: $0) } })
    case .list(let elements): self = .list(elements.compactMap { FieldMapping($0) })
    default: return nil
    }
  }
}
