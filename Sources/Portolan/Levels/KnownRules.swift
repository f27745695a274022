extension RuleLevels {
  /// The rules whose findings depend on data, wholly or in part, so that only a run can tell whether there are any.
  package static let rulesOfData = Set(LintRule.all.filter(\.needsData).map(\.rule)).union([
    .unknownBlueprint, .unknownProperty, .unknownRelation, .misplacedField, .computedProperty,
    .missingRequired, .wrongValue,
  ])

  /// The rules whose findings depend on the text of one file and on nothing else.
  static let rulesOfText: Set<Diagnostic.Rule> = [
    .unknownKey, .duplicateResource, .invalidExpression, .missingQuotes, .singleQuotes,
    .hyphenatedKey, .cutByComment, .unknownFunction, .unknownVariable, .manyOutputs, .selectorNotBoolean,
    .constantIdentifier, .conflictingKeys, .invalidTemplate, .writtenSecret,
    .insecureAddress,
  ]

  /// The rules whose level nobody can change: what breaks them cannot be run, whatever is said of it.
  public static let fixedRules: Set<Diagnostic.Rule> = [
    .unreadableFile, .yamlSyntax, .missingKey, .wrongType,
  ]

  /// The identifiers of the rules that have a level, in the alphabet's order.
  public static let knownRules: [String] = Set(
    LintRule.all.map(\.rule) + rulesOfData
      + [.fetchFailed, .missingConfiguration, .wrongConfiguration, .exposedSecret, .invalidVariable]
  ).map(\.rawValue).sorted()

  /// Why the level of the rule with this identifier cannot be set, nil where it can.
  package static func refusal(of name: String) -> (rule: Diagnostic.Rule, message: String, help: String)? {
    if fixedRules.contains(Diagnostic.Rule(name)) {
      return (
        .fixedRule, "the level of `\(name)` cannot be changed: what breaks this rule cannot be run",
        "mend what it finds"
      )
    }
    guard !knownRules.contains(name) else { return nil }
    let nearest = Spelling.nearest(to: name, in: knownRules)
    return (
      .unknownRule, "there is no rule `\(name)`",
      nearest.map { "did you mean `\($0)`?" } ?? "a finding shows its rule in brackets, as `[many-outputs]`"
    )
  }
}

extension Diagnostic.Rule {
  /// A rule that does not exist.
  public static let unknownRule = Self("unknown-rule")
  /// A rule whose level cannot be changed.
  public static let fixedRule = Self("fixed-rule")
  /// A comment on a rule that nothing breaks where the comment is.
  public static let unusedIgnore = Self("unused-ignore")
}
