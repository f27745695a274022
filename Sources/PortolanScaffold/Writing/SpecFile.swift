/// The `spec.yml` of a plan.
enum SpecFile {
  /// The file's bytes.
  static func bytes(_ plan: IntegrationPlan) -> [UInt8] {
    var lines = ConfigLines()
    lines.entry(0, "title", plan.name.title)
    lines.entry(0, "description", "What \(plan.name.title) knows as a catalog: \(kinds(plan))")
    lines.entry(0, "icon", Icons.icon(system: plan.name.text, kind: Words([])))
    lines.add(0, "features:")
    lines.add(1, "- type: exporter")
    lines.add(2, "section: " + plan.name.title)
    lines.add(2, "resources:")
    for kind in plan.kinds { lines.add(3, "- kind: " + YAMLText.scalar(kind.kind)) }
    lines.add(0, "configurations:")
    for setting in plan.access.settings {
      lines.add(1, "- name: " + setting.name)
      lines.add(2, "required: \(setting.standard == nil)")
      lines.add(2, "type: " + setting.type)
      lines.add(2, "sensitive: \(setting.isSecret)")
      if let standard = setting.standard { lines.entry(2, "default", standard) }
      lines.add(2, "description: " + YAMLText.doubleQuoted(setting.description))
    }
    return lines.bytes
  }

  private static func kinds(_ plan: IntegrationPlan) -> String {
    plan.kinds.prefix(6).map { Noun.plural(Words(of: $0.kind).phrase) }.joined(separator: ", ")
      + (plan.kinds.count > 6 ? " and more" : "")
  }
}
