/// The `port-app-config.yml` of a plan.
struct MappingFile {
  /// How many left out places a comment names.
  private static let mostNamed = 25

  private var lines = ConfigLines()

  /// The file's bytes.
  static func bytes(_ plan: IntegrationPlan) -> [UInt8] {
    var file = MappingFile()
    file.write(plan)
    return file.lines.bytes
  }

  private mutating func write(_ plan: IntegrationPlan) {
    lines.comment(0, "What of \(plan.name.title) goes into the catalog, and how.")
    lines.add(0, "#")
    lines.comment(
      0,
      "Each resource reads one kind of raw object, exactly as the API sends it. Everything on the right of an "
        + "identifier, a title, a property or a relation is a jq expression that is given one object. The blueprints "
        + "are beside this file, in blueprints.json: a property that is added here is added there, too.")
    lines.add(0, "#")
    lines.comment(
      0,
      "This is a first draft, made from \(plan.kinds.map { "\($0.count) x \($0.kind)" }.joined(separator: ", ")). "
        + "Take out what nobody will look at.")
    lines.addGap()
    lines.comment(
      0, "A relation to an entity that does not exist yet creates it, empty; a later object fills it in.")
    lines.add(0, "createMissingRelatedEntities: true")
    lines.comment(0, "An update keeps the properties that this file does not name.")
    lines.add(0, "enableMergeEntity: true")
    lines.addGap()
    lines.add(0, "resources:")
    for (place, kind) in plan.kinds.enumerated() {
      if place > 0 { lines.addGap() }
      write(kind)
    }
  }

  private mutating func write(_ kind: KindPlan) {
    lines.add(1, "- kind: " + YAMLText.scalar(kind.kind))
    lines.add(2, "selector:")
    lines.comment(3, "Which objects are wanted: true or false for each.")
    lines.add(3, "query: \"true\"")
    lines.add(2, "port:")
    lines.add(3, "entity:")
    lines.add(4, "mappings:")
    if let comment = kind.identifier.comment { lines.comment(5, comment) }
    lines.entry(5, "identifier", kind.identifier.expression)
    lines.entry(5, "title", kind.titleExpression)
    lines.entry(5, "blueprint", "\"" + kind.blueprint + "\"")
    writeProperties(kind)
    writeRelations(kind)
  }

  private mutating func writeProperties(_ kind: KindPlan) {
    if !kind.properties.isEmpty {
      lines.add(5, "properties:")
      for property in kind.properties {
        if let comment = property.comment { lines.comment(6, comment) }
        lines.entry(6, property.name, property.expression)
      }
    }
    leftOut(kind, .room, "Left out, so that a person can read what is there")
    leftOut(kind, .mixed, "Left out, because they are of several types")
    leftOut(kind, .null, "Left out, because they are null or empty in every sample")
  }

  private mutating func leftOut(_ kind: KindPlan, _ reason: KindPlan.LeftOut.Reason, _ sentence: String) {
    let paths = kind.leftOut.filter { $0.reason == reason }.map(\.path)
    guard !paths.isEmpty else { return }
    let rest = paths.count > Self.mostNamed ? " and \(paths.count - Self.mostNamed) more" : ""
    lines.comment(6, "\(sentence): \(paths.prefix(Self.mostNamed).joined(separator: ", "))\(rest).")
  }

  private mutating func writeRelations(_ kind: KindPlan) {
    if !kind.relations.isEmpty {
      lines.add(5, "relations:")
      for relation in kind.relations { lines.entry(6, relation.name, relation.expression) }
    }
    for relation in kind.doubtful {
      lines.comment(
        6,
        "\(relation.known) of \(relation.total) values are identifiers of \(relation.target) in the samples. If all "
          + "are meant to be, add a relation to blueprints.json, and here:")
      lines.example(6, "\(relation.name): \(YAMLText.scalar(relation.expression))")
    }
  }
}
