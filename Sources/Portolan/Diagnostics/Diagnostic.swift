/// Something that a person should know about their mapping or their data: where, what, what to do.
///
/// The library returns diagnostics; only the command line prints them.
public struct Diagnostic: Error, Sendable, Hashable, Codable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, Codable {
    /// It does not work as written.
    case error
    /// It works, but most likely not as meant.
    case warning
  }

  /// What kind of finding it is. The raw value is the identifier that output shows and stays stable.
  public enum Rule: String, Sendable, Hashable, Codable {
    /// A file or folder cannot be read.
    case unreadableFile = "unreadable-file"
    /// The text is not YAML.
    case yamlSyntax = "yaml-syntax"
    /// A key that must stand there is missing.
    case missingKey = "missing-key"
    /// A key that nothing reads.
    case unknownKey = "unknown-key"
    /// A value of the wrong type or outside its range.
    case wrongType = "wrong-type"
    /// An expression that does not compile.
    case invalidExpression = "invalid-expression"
    /// A raw object that is not valid JSON, or not an object.
    case invalidRawObject = "invalid-raw-object"
    /// A selector that gives something other than true or false.
    case selectorFailed = "selector-failed"
    /// An `itemsToParse` that gives no list.
    case unparsedItems = "unparsed-items"
    /// A kind without a fixture.
    case missingFixture = "missing-fixture"
    /// A fetcher that ended with an error.
    case fetchFailed = "fetch-failed"
    /// A `blueprints.json` that is not JSON, or holds something that is not a blueprint.
    case invalidBlueprints = "invalid-blueprints"
    /// A kind that the integration's `spec.yml` does not list.
    case unknownKind = "unknown-kind"
    /// A resource that stands in the config a second time.
    case duplicateResource = "duplicate-resource"
    /// A text without the quotes that make it one in jq.
    case missingQuotes = "missing-quotes"
    /// Single quotes where jq takes double ones.
    case singleQuotes = "single-quotes"
    /// An operator or word of another language.
    case foreignSyntax = "foreign-syntax"
    /// A key with a hyphen, which jq reads as a subtraction.
    case hyphenatedKey = "hyphenated-key"
    /// An expression whose end YAML took for a comment.
    case cutByComment = "cut-by-comment"
    /// A function that does not exist, or not with so many arguments.
    case unknownFunction = "unknown-function"
    /// A variable or label that is not bound where it is used.
    case unknownVariable = "unknown-variable"
    /// An environment variable that expressions may not see.
    case hiddenVariable = "hidden-variable"
    /// An expression of many outputs, of which only the first counts.
    case manyOutputs = "many-outputs"
    /// A selector that can never give true or false.
    case selectorNotBoolean = "selector-not-boolean"
    /// An identifier that is the same for every object.
    case constantIdentifier = "constant-identifier"
    /// A blueprint that `blueprints.json` does not have.
    case unknownBlueprint = "unknown-blueprint"
    /// A property that the blueprint does not have.
    case unknownProperty = "unknown-property"
    /// A relation that the blueprint does not have.
    case unknownRelation = "unknown-relation"
    /// A relation to a blueprint that `blueprints.json` does not have.
    case unknownTarget = "unknown-target"
    /// A relation that stands under `properties`, or a property that stands under `relations`.
    case misplacedField = "misplaced-field"
    /// A property that the catalog computes itself.
    case computedProperty = "computed-property"
    /// A property or relation that the blueprint requires and no mapping sets.
    case missingRequired = "missing-required"
    /// A value that the blueprint does not allow.
    case wrongValue = "wrong-value"
    /// A relation to an entity that no fixture makes.
    case missingTarget = "missing-target"
    /// Several raw objects that make different entities with the same blueprint and identifier.
    case duplicateEntity = "duplicate-entity"
    /// A field that is null for every item, because its expression reads a key that none of them has.
    case absentKey = "absent-key"
    /// A snapshot of entities that cannot be used.
    case invalidSnapshot = "invalid-snapshot"
  }

  /// How bad it is.
  public var severity: Severity
  /// What kind of finding it is.
  public var rule: Rule
  /// What is wrong: what was found, in one sentence.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// Where it is, or where it begins.
  public var location: SourceLocation?
  /// The place after its last character, where that is known.
  public var end: SourceLocation?
  /// The place in the mapping, as `properties.url`.
  public var field: String?
  /// How many more like this one were found and are not listed.
  public var similar = 0

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, _ rule: Rule, _ message: String, help: String? = nil,
    at location: SourceLocation? = nil, to end: SourceLocation? = nil, field: String? = nil
  ) {
    self.severity = severity
    self.rule = rule
    self.message = message
    self.help = help
    self.location = location
    self.end = end
    self.field = field
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: error: message` and, on lines of their own, what to do and how many more there are.
  public var description: String {
    let place = location.map { "\($0): " } ?? ""
    let remedy = help.map { "\n  \($0)" } ?? ""
    let others = similar > 0 ? "\n  … and \(similar) more like this" : ""
    return "\(place)\(severity.rawValue): \(message)\(remedy)\(others)"
  }
}

/// What makes it impossible to go on: at least one error among the diagnostics.
public struct DiagnosticsError: Error, Sendable, CustomStringConvertible {
  /// What was found, in the order of the file.
  public var diagnostics: [Diagnostic]

  /// Creates an error from what was found.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// Every diagnostic on lines of its own.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
