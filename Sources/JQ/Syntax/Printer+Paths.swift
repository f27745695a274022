extension Printer {
  mutating func writePath(_ node: Node) {
    switch node {
    case .field(let target, let key): writeField(target, key)
    case .index(let target, let key):
      writeTarget(target)
      write("[")
      write(key)
      write("]")
    case .slice(let target, let first, let last):
      writeTarget(target)
      write("[")
      if let first { write(first) }
      write(":")
      if let last { write(last) }
      write(first == nil && last == nil ? "null]" : "]")
    case .iterate(let target):
      writeTarget(target)
      write("[]")
    case .optional(let target):
      write(target, atLeast: .term)
      write("?")
    default: break
    }
  }

  private mutating func writeField(_ target: Expression, _ key: String) {
    if target.node != .identity { writeTarget(target) }
    write(".")
    if isName(key) { write(key) } else { write(StringTemplate(key)) }
  }

  /// Behind digits or `..` a further dot would be read with them.
  private mutating func writeTarget(_ target: Expression) {
    switch target.node {
    case .number, .recurse:
      write(Expression(.parenthesized(target)))
    default:
      write(target, atLeast: .term)
    }
  }

  /// Whether the key can follow a dot, or before a colon, without quotes.
  func isName(_ key: String) -> Bool {
    guard let first = key.utf8.first, first.startsName else { return false }
    return key.utf8.allSatisfy(\.continuesName)
  }
}
