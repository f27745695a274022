import RawJSON

/// Checks a value against what a blueprint says of it.
struct ValueCheck {
  let scanner: JSONScanner

  /// Why the blueprint does not allow the value, nil where it does. Null is no value.
  func problem(_ value: Range<Int>, _ property: BlueprintProperty) -> Finding.Problem? {
    let kind = scanner.kind(value)
    guard kind != .null else { return nil }
    if let expected = property.type, expected.rawValue != kind.rawValue {
      return .type(expected: expected, found: kind)
    }
    if let format = broken(property.format, value) { return .format(format, inList: false) }
    if let allowed = property.enumValues, !isAmong(allowed, value) {
      return .choice(allowed, inList: false)
    }
    return kind == .array ? elementProblem(value, property) : nil
  }

  private func elementProblem(_ list: Range<Int>, _ property: BlueprintProperty) -> Finding.Problem? {
    for element in scanner.elements(list) {
      let kind = scanner.kind(element)
      if let expected = property.itemsType, expected.rawValue != kind.rawValue {
        return .elementType(expected: expected, found: kind)
      }
      if let format = broken(property.itemsFormat, element) { return .format(format, inList: true) }
      if let allowed = property.itemsEnumValues, !isAmong(allowed, element) {
        return .choice(allowed, inList: true)
      }
    }
    return nil
  }

  /// Why the relation does not take the value, nil where it does. A search query is not looked into.
  func problem(_ value: Range<Int>, _ relation: BlueprintRelation) -> Finding.Problem? {
    switch scanner.kind(value) {
    case .null, .object: nil
    case .string: relation.many ? .oneForMany : nil
    case .array where !relation.many: .manyForOne
    case .array:
      scanner.elements(value).map { scanner.kind($0) }.first { $0 != .string }
        .map { .elementType(expected: .string, found: $0) }
    case .number, .boolean: .type(expected: .string, found: scanner.kind(value))
    }
  }

  private func broken(_ format: String?, _ value: Range<Int>) -> ValueFormat? {
    guard scanner.kind(value) == .string, let format = format.flatMap(ValueFormat.init) else { return nil }
    return format.matches(scanner.text(value)) ? nil : format
  }

  private func isAmong(_ allowed: [String], _ value: Range<Int>) -> Bool {
    allowed.contains { json in
      JSONComparison.areEqual(JSONView(valid: Array(json.utf8)), JSONView(copying: scanner.part(value)))
    }
  }
}
