/// What YAML 1.1 takes a scalar for, by PyYAML's resolver and constructors.
enum ScalarType: Equatable {
  case null
  case boolean(Bool)
  case integer(IntegerSyntax)
  case float(Double)
  case string

  private static let prefix = "tag:yaml.org,2002:"

  /// The type that an unquoted text without a tag has.
  init(plain text: String) {
    if let word = Self.word(text) {
      self = word
    } else if let integer = IntegerSyntax(text) {
      self = .integer(integer)
    } else if let float = FloatSyntax.value(text) {
      self = .float(float)
    } else {
      self = .string
    }
  }

  /// The type that an explicit tag gives a text; nil where the text cannot be of it.
  ///
  /// All other tags leave the text a string.
  init?(text: String, tag: String) {
    switch tag {
    case Self.prefix + "null": self = .null
    case Self.prefix + "bool":
      guard case .boolean(let value) = Self.word(text.lowercased()) else { return nil }
      self = .boolean(value)
    case Self.prefix + "int":
      guard let integer = IntegerSyntax(text) else { return nil }
      self = .integer(integer)
    case Self.prefix + "float":
      guard let float = FloatSyntax.taggedValue(text) else { return nil }
      self = .float(float)
    default: self = .string
    }
  }

  /// What a tag asks for, for a person, where a text may fail to be it.
  static func name(ofTag tag: String) -> String? {
    switch tag {
    case prefix + "bool": "a boolean"
    case prefix + "int": "an integer"
    case prefix + "float": "a number"
    default: nil
    }
  }

  private static func word(_ text: String) -> ScalarType? {
    switch text {
    case "", "~", "null", "Null", "NULL": .null
    case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .boolean(true)
    case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .boolean(false)
    default: nil
    }
  }
}
