extension Grammar.Part {
  // A specification is Port's own file, of which only this much concerns a mapping: its parts are open.
  static let spec = Grammar.Part(
    name: "spec", phrase: "a spec.yml",
    description: "What an integration can fetch, and what it must be told.", isOpen: true)
  static let feature = Grammar.Part(
    name: "feature", phrase: "a feature", description: "Something that the integration does.", isOpen: true)
  static let specKind = Grammar.Part(
    name: "kind", phrase: "an entry of `resources`", description: "A kind of raw objects.", isOpen: true)
  static let configuration = Grammar.Part(
    name: "configuration", phrase: "a configuration",
    description: "Something that a user sets before the integration runs.", isOpen: true)
  static let dependency = Grammar.Part(
    name: "dependency", phrase: "an entry of `dependencies`",
    description: "When another setting makes this one necessary.", isOpen: true)
  static let dependencyCondition = Grammar.Part(
    name: "condition", phrase: "`when`", description: "Which values of the other setting.", isOpen: true)
  static let dependencyResult = Grammar.Part(
    name: "result", phrase: "`then`", description: "What follows.", isOpen: true)
}

extension Grammar {
  /// The grammar of an integration's `spec.yml`.
  static let spec = Grammar(
    root: .spec,
    [
      Row(.spec, "type", .text(default: nil), "The integration's type: `jira`."),
      Row(.spec, "title", .text(default: nil), "The name that people see."),
      Row(.spec, "description", .text(default: nil), "What the integration is for."),
      Row(.spec, "features", .list([.feature]), "What the integration does."),
      Row(.spec, "configurations", .list([.configuration]), "What a user sets before it runs."),

      Row(.feature, "resources", .list([.specKind]), "The kinds of raw objects that it fetches."),

      Row(
        .specKind, "kind", .name(default: nil), presence: .required, "The name by which a mapping knows it.",
        help: "name the kind, as `kind: issue`"),

      Row(
        .configuration, "name", .name(default: nil), presence: .required, "Its name.",
        help: "name it, as `name: host`"),
      Row(
        .configuration, "type", .text(default: "string"),
        "What its value is: `string`, `url`, `integer`, `boolean`, …"),
      Row(.configuration, "required", .flag(default: false), "The integration cannot run without it."),
      Row(.configuration, "sensitive", .flag(default: false), "It is a secret, which nothing may show."),
      Row(.configuration, "default", .anything, "The value where the user sets none."),
      Row(.configuration, "enum", .anything, "The values that it can have: a list."),
      Row(.configuration, "dependencies", .list([.dependency]), "When another setting makes it necessary."),
      Row(.configuration, "description", .text(default: nil), "What it is."),

      Row(
        .dependency, "on", .name(default: nil), presence: .required, "The name of the other setting.",
        help: "name the other setting, as `on: authType`"),
      Row(.dependency, "when", .mapping(.dependencyCondition), "Which values of the other setting."),
      Row(.dependency, "then", .mapping(.dependencyResult), "What follows."),

      Row(.dependencyCondition, "equals", .anything, "This value."),
      Row(.dependencyCondition, "in", .anything, "Any of these: a list."),

      Row(.dependencyResult, "required", .flag(default: false), "The integration cannot run without it."),
    ])
}
