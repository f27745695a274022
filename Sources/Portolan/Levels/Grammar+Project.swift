extension Grammar.Part {
  static let project = Grammar.Part(
    name: "project", phrase: "a project file",
    description: "How bad the findings of each rule are, in a whole project.")
}

extension Grammar {
  /// The grammar of a project's `.portolan.yml`.
  static let project = Grammar(
    root: .project,
    [
      Row(
        .project, "rules", .members(.choice(RuleLevels.Level.allCases.map(\.rawValue), default: nil)),
        "A level for each rule that is to have another than its own: `error`, `warning` or `off`.",
        help: "name rules with their levels, as `many-outputs: error`")
    ])
}
