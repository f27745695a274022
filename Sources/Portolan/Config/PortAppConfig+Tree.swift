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
  /// Nil where there is an error in what it cannot do without; a field that is wrong costs only itself.
  fileprivate init?(_ resource: ConfigTree.Resource, in file: String) {
    guard resource.isRunnable, let kind = resource.kind?.text else { return nil }
    let mappings = resource.mappings.compactMap { EntityMapping($0) }
    guard mappings.count == resource.mappings.count else { return nil }
    self.init(
      kind: kind, index: resource.index, selector: SelectorConfig(resource, in: file),
      itemsToParse: resource.port.flatMap(ItemsToParse.init), mappings: mappings,
      hasMappingList: resource.hasMappingList, location: SourceLocation(resource.node.yaml.start, in: file))
  }
}

extension ConfigTree.Resource {
  /// Whether it can be run: all is well-formed but for fields that an entity can do without.
  fileprivate var isRunnable: Bool {
    guard let port, let entity = port["entity"], let node = entity["mappings"], !mappings.isEmpty else {
      return false
    }
    // What is not there has no node, and makes its parent malformed: the errors must all be in optional fields.
    let isElsewhereWellFormed =
      [kind, selector].allSatisfy { $0?.isWellFormed ?? true }
      && (port.members ?? []).allSatisfy { $0.name == "entity" || $0.isWellFormed }
    let areMappings =
      node.members != nil || (node.elements.map { $0.allSatisfy { $0.members != nil } } ?? false)
    return isElsewhereWellFormed && areMappings && mappings.allSatisfy(\.isRunnable)
  }
}

extension ConfigTree.Mapping {
  fileprivate var isRunnable: Bool {
    [node["identifier"], node["blueprint"]].allSatisfy { $0?.isWellFormed ?? false }
      && [node["properties"], node["relations"]].allSatisfy { $0.map { $0.members != nil } ?? true }
  }
}

extension DocumentNode {
  /// The node, nil where there is an error in it.
  fileprivate var wellFormed: DocumentNode? { isWellFormed ? self : nil }
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
      icon: node["icon"]?.expression, team: node["team"]?.wellFormed.flatMap(FieldMapping.init),
      properties: node["properties"]?.members?.compactMap { member in
        member.expression.map { (name: member.name ?? "", expression: $0) }
      },
      relations: node["relations"]?.members?.compactMap { member in
        member.wellFormed.flatMap(FieldMapping.init).map { (name: member.name ?? "", mapping: $0) }
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
