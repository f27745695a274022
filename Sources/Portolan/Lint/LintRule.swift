/// What `lint` and `dry-run` look for: a rule, how bad a finding is, and what it means in one sentence.
///
/// Each has a page, `docs/rules/<identifier>.md`.
///
/// ```swift
/// for rule in LintRule.all { print(rule.rule, rule.severity, rule.summary) }
/// ```
public struct LintRule: Sendable, Hashable {
  /// The rule; its raw value is the identifier.
  public let rule: Diagnostic.Rule
  /// How bad a finding is.
  public let severity: Diagnostic.Severity
  /// What it means, in one sentence.
  public let summary: String

  /// Whether it mostly shows on raw objects alone, as `dry-run` maps them.
  public let needsData: Bool

  private init(
    _ rule: Diagnostic.Rule, _ severity: Diagnostic.Severity, _ summary: String, needsData: Bool = false
  ) {
    self.rule = rule
    self.severity = severity
    self.summary = summary
    self.needsData = needsData
  }

  private static func data(
    _ rule: Diagnostic.Rule, _ severity: Diagnostic.Severity, _ summary: String
  ) -> LintRule {
    LintRule(rule, severity, summary, needsData: true)
  }

  /// Every rule: first those on files and grammar, then on jq, then on fetchers, then on blueprints, then those that
  /// need raw objects.
  public static let all: [LintRule] = [
    LintRule(.unreadableFile, .error, "A file or folder cannot be read."),
    LintRule(.yamlSyntax, .error, "The text is not YAML."),
    LintRule(.missingKey, .error, "A key that must be there is missing or empty."),
    LintRule(.unknownKey, .warning, "Nothing reads this key."),
    LintRule(.wrongType, .error, "A value is of the wrong type or outside its range."),
    LintRule(.unknownRule, .warning, "There is no rule of this name."),
    LintRule(.fixedRule, .warning, "The level of this rule cannot be changed."),
    LintRule(.unusedIgnore, .warning, "A comment is on a rule that nothing breaks there."),
    LintRule(.unknownKind, .warning, "The integration does not know this kind."),
    LintRule(.duplicateResource, .warning, "The same resource is in the config twice."),
    LintRule(.invalidExpression, .error, "The text is not a jq expression."),
    LintRule(.missingQuotes, .error, "A text lacks the quotes that make it one in jq."),
    LintRule(.singleQuotes, .error, "Single quotes are used where jq takes double ones."),
    LintRule(.foreignSyntax, .error, "An operator or word is another language's."),
    LintRule(.hyphenatedKey, .error, "jq reads a key with a hyphen as a subtraction."),
    LintRule(.cutByComment, .error, "YAML took the end of the expression for a comment."),
    LintRule(.unknownFunction, .error, "There is no function of this name and number of arguments."),
    LintRule(.unknownVariable, .error, "A variable is not bound where it is used."),
    LintRule(.hiddenVariable, .warning, "Expressions may not see this environment variable."),
    LintRule(.manyOutputs, .warning, "An expression gives several values, and only the first counts."),
    LintRule(.selectorNotBoolean, .error, "A selector can never give true or false."),
    LintRule(.constantCondition, .warning, "A condition is the same for every object."),
    LintRule(.constantIdentifier, .warning, "Every object makes the same entity."),
    LintRule(.invalidPattern, .error, "A regular expression, or a flag of it, does not exist."),
    LintRule(.conflictingKeys, .error, "Of several keys only one may be there."),
    LintRule(.invalidTemplate, .error, "Double braces are not closed, or hold no expression."),
    LintRule(.invalidParent, .error, "A kind's parent is no kind, cannot be asked for, or leads back to it."),
    LintRule(.unavailableValue, .error, "An expression reads what is always null where it is."),
    LintRule(.unknownConfiguration, .error, "The spec.yml has no such configuration."),
    LintRule(.unknownSetting, .error, "The kind's selector has no such setting."),
    LintRule(.unusedSetting, .warning, "No request reads this selector setting."),
    LintRule(.unfetchedKind, .warning, "The spec.yml lists a kind that the fetcher.yml does not have."),
    LintRule(.writtenSecret, .warning, "A password or token is written in the file."),
    LintRule(.insecureAddress, .warning, "Credentials are sent without encryption."),
    LintRule(.invalidBlueprints, .error, "The blueprints.json cannot be used."),
    LintRule(.unknownBlueprint, .error, "The blueprints.json has no such blueprint."),
    LintRule(.unknownProperty, .error, "The blueprint has no such property."),
    LintRule(.unknownRelation, .error, "The blueprint has no such relation."),
    LintRule(.unknownTarget, .warning, "A relation leads to a blueprint that does not exist."),
    LintRule(.misplacedField, .error, "A relation is under properties, or a property under relations."),
    LintRule(.computedProperty, .error, "The catalog computes this property; a mapping cannot set it."),
    LintRule(.missingRequired, .warning, "The blueprint requires a field that no mapping sets."),
    LintRule(.wrongValue, .error, "The blueprint does not allow this value."),
    data(.pageNotCut, .error, "Raw objects are pages, with the list of objects in them."),
    data(.noEntities, .error, "A resource makes no entity of its objects."),
    data(.failingField, .error, "A field's expression fails on objects."),
    data(.absentKey, .warning, "An expression reads a key that no object has."),
    data(.invalidIdentifier, .error, "The catalog does not take an identifier."),
    data(.objectRelation, .error, "A relation or team is an object and no search query."),
    data(.duplicateEntity, .warning, "Two objects make different entities with the same identifier."),
    data(.missingTarget, .warning, "A relation leads to no entity, and is most likely written wrongly."),
    data(.selectorFailed, .error, "A selector gives neither true nor false for an object."),
    data(.unparsedItems, .warning, "The itemsToParse of an object is no list."),
    data(.invalidRawObject, .error, "A raw object is not JSON, or no object."),
    data(.missingFixture, .warning, "A kind has no fixture."),
    data(.unreadFixture, .warning, "No kind of the config reads a fixture."),
  ]
}
