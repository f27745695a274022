/// What a node is by YAML 1.1 as PyYAML reads it: tags are obeyed, quoted texts are strings.
extension YAMLNode {
  /// Whether it is null: unquoted `~`, `null`, `Null`, `NULL` or nothing at all, or tagged `!!null`.
  package var isNull: Bool { scalarType == .null }

  /// Its boolean: unquoted `yes`, `no`, `on`, `off`, `true` or `false`, in lower, capitalised or upper case.
  package var boolean: Bool? {
    if case .boolean(let value) = scalarType { value } else { nil }
  }

  /// Its integer, of any base; nil where it is none or does not fit.
  package var integer: Int? {
    if case .integer(let integer) = scalarType { integer.value } else { nil }
  }

  /// Its number, integer or float. A float needs a dot (`1e3` is text), as PyYAML has it.
  package var number: Double? {
    switch scalarType {
    case .integer(let integer): integer.double
    case .float(let value): value
    default: nil
    }
  }

  /// The text of a scalar of any type.
  package var string: String? { scalar?.text }

  /// The scalar; nil for lists and mappings.
  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = value { scalar } else { nil }
  }

  /// The mapping; nil for lists and scalars.
  package var mapping: YAMLMapping? {
    if case .mapping(let mapping) = value { mapping } else { nil }
  }

  /// The list's items; nil for mappings and scalars.
  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = value { nodes } else { nil }
  }

  /// What it is, for messages: "a mapping", "a list", "the boolean yes", "the number 5", "text", "nothing".
  package var kindName: String {
    switch value {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar(let scalar):
      switch scalarType {
      case .null: "nothing"
      case .boolean: "the boolean \(scalar.text)"
      case .integer, .float: "the number \(scalar.text)"
      case .string, nil: "text"
      }
    }
  }

  /// The scalar's type; nil for lists, mappings and texts that are not what their tag says.
  var scalarType: ScalarType? {
    guard case .scalar(let scalar) = value else { return nil }
    if let tag { return ScalarType(text: scalar.text, tag: tag) }
    return scalar.style == .plain ? ScalarType(plain: scalar.text) : .string
  }

  /// Whether it is unquoted `<<`, or tagged as a merge key.
  var isMergeKey: Bool {
    guard case .scalar(let scalar) = value else { return false }
    if let tag { return tag == "tag:yaml.org,2002:merge" }
    return scalar.style == .plain && scalar.text == "<<"
  }

  /// Whether nothing at all is written where the node is.
  var isLeftOut: Bool {
    guard case .scalar(let scalar) = value else { return false }
    return tag == nil && scalar.style == .plain && scalar.text.isEmpty
  }
}
