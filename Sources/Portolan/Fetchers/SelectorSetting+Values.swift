import YAMLTree

extension SelectorSetting {
  /// What is wrong with a value of the setting: the rest of a sentence that ends with it, nil where it is allowed.
  func problem(with yaml: YAMLNode) -> String? {
    if yaml.isNull { return nil }
    guard kind.allows(yaml) else { return "\(yaml.kindName), not \(kind.phrase)" }
    let isAllowed = { (yaml: YAMLNode) in yaml.string.map(values.contains) ?? false }
    guard !values.isEmpty, let wrong = (yaml.sequence ?? [yaml]).first(where: { !isAllowed($0) }) else {
      return nil
    }
    let known = values.map { "`\($0)`" }.joined(separator: ", ")
    return "\(wrong.string.map { "`\($0)`" } ?? wrong.kindName), not one of \(known)"
  }
}

extension SelectorSetting.Kind {
  /// What a message calls a value of it, with its article.
  var phrase: String {
    switch self {
    case .string: "text"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .list: "a list"
    case .object: "a mapping"
    case .any: "a value"
    }
  }

  /// Whether a value that is not null is of it.
  fileprivate func allows(_ yaml: YAMLNode) -> Bool {
    switch self {
    case .string: yaml.scalar != nil && yaml.boolean == nil && yaml.number == nil
    case .integer: yaml.integer != nil
    case .number: yaml.number != nil
    case .boolean: yaml.boolean != nil
    case .list: yaml.sequence != nil
    case .object: yaml.mapping != nil
    case .any: true
    }
  }
}
