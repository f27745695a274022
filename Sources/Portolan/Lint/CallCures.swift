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
    let parts = Self.parts(argument).compactMap { expression.part($0.range) }
    guard parts.count > 1, counts.contains(parts.count) else { return nil }
    return TextChange(range: call.range, text: "\(name.name)(\(parts.joined(separator: "; ")))")
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

  private static func find<Found>(_ node: JQ.Expression, _ match: (JQ.Expression) -> Found?) -> Found? {
    if let found = match(node) { return found }
    for child in node.children {
      if let found = find(child, match) { return found }
    }
    return nil
  }

  /// What commas separate.
  private static func parts(_ node: JQ.Expression) -> [JQ.Expression] {
    guard case .comma(let left, let right) = node.node else { return [node] }
    return parts(left) + [right]
  }
}
