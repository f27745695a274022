/// A `port-app-config.yml` as it was read, once and tolerantly: every value that is there, with its key and its
/// place, whatever is missing or wrong around it.
///
/// ``PortAppConfig`` is what can be run of it; `lint` and the checks of a dry run find their places in it.
struct ConfigTree: Sendable {
  /// The file, as messages name it.
  var file: String { document.file }
  /// The file's bytes.
  var source: [UInt8] { document.source }
  /// What is at the top.
  var root: DocumentNode { document.root }
  /// What is wrong with it, or doubtful, in the file's order.
  var problems: [Diagnostic] { document.problems }
  /// The entries of `resources`, also those that are not well-formed.
  let resources: [Resource]

  private let document: DocumentReader.Document

  /// Reads the file at `path`.
  ///
  /// - Throws: ``DiagnosticsError`` where it cannot be read or is not YAML.
  init(contentsOf path: String) throws(DiagnosticsError) {
    self.init(try DocumentReader.read(contentsOf: path, by: .portAppConfig))
  }

  /// Reads a config from YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError`` where it is not YAML.
  init(yaml source: [UInt8], file: String) throws(DiagnosticsError) {
    self.init(try DocumentReader.read(yaml: source, by: .portAppConfig, file: file))
  }

  private init(_ document: DocumentReader.Document) {
    self.document = document
    resources = (document.root["resources"]?.elements ?? []).enumerated().map {
      Resource(index: $0, node: $1)
    }
  }
}

extension ConfigTree {
  /// An entry of `resources`.
  struct Resource: Sendable {
    /// Its place in the list, counted from 0.
    let index: Int
    let node: DocumentNode
    /// What its items become.
    let mappings: [Mapping]

    fileprivate init(index: Int, node: DocumentNode) {
      self.index = index
      self.node = node
      let entity = node["port"]?["entity"]
      let mappings = entity?["mappings"]
      // In a list, a mapping's number tells its fields from those of the others.
      let parent = mappings?.elements == nil ? mappings : entity
      self.mappings = (mappings?.elements ?? mappings.map { [$0] } ?? [])
        .map { Mapping($0, path: parent?.path ?? "") }
    }

    var kind: DocumentNode? { node["kind"] }
    var selector: DocumentNode? { node["selector"] }
    var query: DocumentNode? { selector?["query"] }
    var port: DocumentNode? { node["port"] }
    var itemsToParse: DocumentNode? { port?["itemsToParse"] }
    /// Whether the file writes the mappings as a list.
    var hasMappingList: Bool { port?["entity"]?["mappings"]?.elements != nil }
  }

  /// A mapping from an item to an entity.
  struct Mapping: Sendable {
    let node: DocumentNode
    /// Its fields, in the order in which they are evaluated.
    let fields: [Field]

    fileprivate init(_ node: DocumentNode, path: String) {
      self.node = node
      let top = ["identifier", "blueprint", "title", "icon", "team"].compactMap { node[$0] }
      fields =
        top.map { Field($0, .top, path: path) }
        + (node["properties"]?.members ?? []).map { Field($0, .properties, path: path) }
        + (node["relations"]?.members ?? []).map { Field($0, .relations, path: path) }
    }

    /// The field `name` of a group.
    func field(_ group: FieldGroup, _ name: String) -> Field? {
      fields.first { $0.group == group && $0.name == name }
    }

    var identifier: Field? { field(.top, "identifier") }
    var blueprint: Field? { field(.top, "blueprint") }

    /// Whether it may have more fields than were read: its `properties` or `relations` are no mapping, or their key is
    /// misspelt.
    var hasUnreadFields: Bool {
      let groups = [FieldGroup.properties, .relations].map(\.rawValue)
      return (node.yaml.mapping?.entries ?? []).contains { entry in
        if let group = node[entry.keyText] { return groups.contains(entry.keyText) && group.members == nil }
        return Spelling.nearest(to: entry.keyText, in: groups) != nil
      }
    }

    /// The blueprint where it is always the same, nil where it depends on the item.
    var constantBlueprint: String? { blueprint?.node.expression?.expression.program?.body?.constantText }
  }

  /// A key of a mapping, and what it is mapped from.
  struct Field: Sendable {
    let group: FieldGroup
    let name: String
    /// Its place in the resource: `properties.url`, or `mappings[1].properties.url` in a list of mappings.
    let path: String
    /// Its place in an entity: `properties.url`.
    var entityPath: String { group.path(name) }
    let node: DocumentNode

    fileprivate init(_ node: DocumentNode, _ group: FieldGroup, path: String) {
      self.group = group
      self.node = node
      name = node.name ?? ""
      self.path = String(node.path.dropFirst(path.count + 1))
    }
  }
}

/// Where a field is in a mapping and in an entity.
package enum FieldGroup: String, Sendable {
  /// `identifier`, `title`, …
  case top
  /// One of `properties`.
  case properties
  /// One of `relations`.
  case relations

  /// The place of the field `name`: `properties.url`.
  package func path(_ name: String) -> String { self == .top ? name : "\(rawValue).\(name)" }
}

extension ConfigTree {
  /// The mapping number `mapping` of the resource number `resource`.
  func mapping(_ mapping: Int, ofResource resource: Int) -> Mapping? {
    guard resources.indices.contains(resource) else { return nil }
    let mappings = resources[resource].mappings
    return mappings.indices.contains(mapping) ? mappings[mapping] : nil
  }

  /// The properties and relations that mappings set for entities of `blueprint`, also those of a mapping whose
  /// blueprint depends on the item.
  func mappedFields(ofBlueprint blueprint: String) -> Set<String> {
    let mappings = resources.flatMap(\.mappings).filter { ($0.constantBlueprint ?? blueprint) == blueprint }
    return Set(mappings.flatMap(\.fields).filter { $0.group != .top }.map(\.entityPath))
  }

  /// Whether a mapping to entities of `blueprint` may have more fields than were read.
  func hasUnreadFields(ofBlueprint blueprint: String) -> Bool {
    resources.flatMap(\.mappings).contains {
      ($0.constantBlueprint ?? blueprint) == blueprint && $0.hasUnreadFields
    }
  }
}
