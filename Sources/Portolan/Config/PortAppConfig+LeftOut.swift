extension PortAppConfig {
  /// A resource of the file that is not well-formed, and so does not run.
  package struct LeftOutResource: Sendable {
    /// Its place in the file's list, counted from 0.
    package var index: Int
    /// Its kind, nil where it says none.
    package var kind: String?
    /// Where it is.
    package var location: SourceLocation
    /// The blueprints that it would make, nil where that cannot be told.
    package var blueprints: Set<String>?
  }

  /// The resources that are missing in ``resources``, in the file's order.
  package var leftOutResources: [LeftOutResource] {
    let known = Set(resources.map(\.index))
    return tree.resources.filter { !known.contains($0.index) }.map { resource in
      LeftOutResource(
        index: resource.index, kind: resource.kind?.text,
        location: SourceLocation(resource.node.yaml.start, in: tree.file),
        blueprints: blueprints(of: resource))
    }
  }

  /// The fields that an error costs in the resources that run, in the file's order: their places in the resource, as
  /// `properties.url`.
  package func leftOutFields(ofResource index: Int) -> [String] {
    guard resource(at: index) != nil, tree.resources.indices.contains(index) else { return [] }
    return tree.resources[index].mappings.flatMap(\.fields).filter { !$0.node.isWellFormed }.map(\.path)
  }

  /// The places in the resource of what names a file, as `file://README.md`, and so is null here.
  package func fileFields(ofResource index: Int) -> [String] {
    guard tree.resources.indices.contains(index) else { return [] }
    return tree.resources[index].expressions.filter(\.source.namesFile).map(\.path)
  }

  private func blueprints(of resource: ConfigTree.Resource) -> Set<String>? {
    var blueprints: Set<String> = []
    for mapping in resource.mappings {
      guard let texts = mapping.blueprint?.node.expression?.constantTexts else { return nil }
      blueprints.formUnion(texts)
    }
    return blueprints.isEmpty ? nil : blueprints
  }
}

extension ResourceConfig {
  /// The blueprints that it can make, nil where that cannot be told.
  package var constantBlueprints: Set<String>? {
    var blueprints: Set<String> = []
    for mapping in mappings {
      guard let texts = mapping.blueprint.constantTexts else { return nil }
      blueprints.formUnion(texts)
    }
    return blueprints
  }
}
