import JQ

/// What is certainly meant by a call that jq does not have.
struct CallCures {
  private let expression: LintExpression
  private let body: JQ.Expression

  init(_ expression: LintExpression, _ body: JQ.Expression) {
    self.expression = expression
    self.body = body
  }

  /// `sub("a"; "b")` for `sub("a", "b")`, where the function takes so many arguments.
  func separated(_ name: UnresolvedName, _ counts: [Int]) -> TextChange? {
    guard let (call, argument) = call(name) else { return nil }
    let parts = argument.separatedByCommas.compactMap { expression.part($0.range) }
    guard parts.count > 1, counts.contains(parts.count) else { return nil }
    return TextChange(range: call.range, text: "\(name.name)(\(parts.joined(separator: "; ")))")
  }

  /// `IN("a", "b", "c")` for `IN("a"; "b"; "c")`.
  func listed(_ name: UnresolvedName) -> TextChange? {
    guard name.name == "IN", let (call, parts) = wholeCall(name) else { return nil }
    return TextChange(range: call.range, text: "IN(\(parts.joined(separator: ", ")))")
  }

  /// What jq writes for a call of another language: `.a | gsub("b"; "c")` for `replace(.a, "b", "c")`, and
  /// `.a // "b"` for `.a | default("b")`.
  func foreign(_ name: UnresolvedName) -> TextChange? {
    guard let (call, parts) = wholeCall(name) else { return nil }
    let isDefault = ["default", "if_null"].contains(name.name.lowercased())
    if isDefault, parts.count == 1, let alternative = alternative(call, parts[0]) { return alternative }
    return ForeignCall.written(name.name, parts, isFree: isFree(call.range)).map {
      TextChange(range: call.range, text: $0)
    }
  }

  /// Whether nothing beside `range` would belong to an operator in it.
  private func isFree(_ range: Range<Int>) -> Bool {
    let bytes = Array(expression.text.utf8)
    let before = bytes[..<range.lowerBound].last { !$0.isBlank }
    let after = bytes[range.upperBound...].first { !$0.isBlank }
    return (before.map { "|(;".utf8.contains($0) } ?? true) && (after.map { "|);".utf8.contains($0) } ?? true)
  }

  /// `(.a | length)` for `len(.a)`.
  func piped(_ name: UnresolvedName) -> TextChange? {
    guard let function = FunctionKnowledge.otherLanguages[name.name],
      function.utf8.allSatisfy(\.continuesName),
      let (call, argument) = call(name), let text = expression.part(argument.range)
    else { return nil }
    let pipe = "\(text) | \(function)"
    return TextChange(range: call.range, text: call.range == body.range ? pipe : "(\(pipe))")
  }

  /// `.a | startswith("b")` for `startswith(.a; "b")`: the value is no argument of a function that takes so many.
  func subjectFirst(_ name: UnresolvedName, _ counts: [Int]) -> TextChange? {
    guard let (call, parts) = wholeCall(name), let subject = parts.first, subject.hasPrefix("."),
      counts.contains(parts.count - 1)
    else { return nil }
    let rest = parts.dropFirst()
    let value = subject.isPath ? subject : "(\(subject))"
    let pipe = "\(value) | \(name.name)" + (rest.isEmpty ? "" : "(\(rest.joined(separator: "; ")))")
    return TextChange(range: call.range, text: call.range == body.range ? pipe : "(\(pipe))")
  }

  /// `.a // "b"` for `.a | default("b")`.
  private func alternative(_ call: JQ.Expression, _ argument: String) -> TextChange? {
    Self.find(body) { node in
      guard case .pipe(let left, let right) = node.node, right.range == call.range,
        let text = expression.part(left.range)
      else { return nil }
      return TextChange(range: node.range, text: "\(text) // \(argument)")
    }
  }

  /// The call at the place of `name` and its arguments, those that commas separate, too.
  private func wholeCall(_ name: UnresolvedName) -> (call: JQ.Expression, parts: [String])? {
    let call = Self.find(body) { node -> (JQ.Expression, [JQ.Expression])? in
      guard node.range.lowerBound == name.range.lowerBound, case .call(name.name, let arguments) = node.node
      else { return nil }
      return (node, arguments)
    }
    guard let (node, arguments) = call else { return nil }
    let texts = arguments.flatMap(\.separatedByCommas).compactMap { expression.part($0.range) }
    return texts.isEmpty || texts.contains("") ? nil : (node, texts)
  }

  /// The dots for the slashes of a path before the name at `range`: `.fields/status/name`.
  static func slashes(
    before range: Range<Int>, in expression: LintExpression
  ) -> (range: Range<Int>, whole: String, changes: [TextChange])? {
    let bytes = Array(expression.text.utf8)
    let isPart = { (byte: UInt8) in
      byte.continuesName || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
    }
    guard range.lowerBound > 1, bytes[range.lowerBound - 1] == UInt8(ascii: "/") else { return nil }
    let start = bytes[..<range.lowerBound].lastIndex { !isPart($0) }.map { $0 + 1 } ?? 0
    let end = bytes[range.lowerBound...].firstIndex { !isPart($0) } ?? bytes.count
    guard bytes[start] == UInt8(ascii: "."), let first = bytes[start..<end].firstIndex(of: UInt8(ascii: "/")),
      first > start + 1
    else { return nil }
    let places = (first..<end).filter { bytes[$0] == UInt8(ascii: "/") }
    let whole = String(decoding: bytes[start..<end], as: UTF8.self).replacing("/", with: ".")
    return (first..<end, whole, places.map { TextChange(range: $0..<$0 + 1, text: ".") })
  }

  /// The call of one argument at the place of `name`.
  private func call(_ name: UnresolvedName) -> (call: JQ.Expression, argument: JQ.Expression)? {
    Self.find(body) { node in
      guard node.range.lowerBound == name.range.lowerBound, case .call(name.name, let arguments) = node.node,
        arguments.count == 1
      else { return nil }
      return (node, arguments[0])
    }
  }

  static func find<Found>(_ node: JQ.Expression, _ match: (JQ.Expression) -> Found?) -> Found? {
    if let found = match(node) { return found }
    for child in node.children {
      if let found = find(child, match) { return found }
    }
    return nil
  }
}
