import RawJSON

/// An expression that needs no interpreter: most of a real mapping's are a path or a constant.
package indirect enum PlainExpression: Sendable, Hashable {
  /// `"text"`, `8080`, `true`, `null`, `[]`, `{}`: its JSON
  case constant([UInt8])
  /// `.a.b`, `.a["b-c"]?`, `.a[0]`
  case path(JQPath)
  /// `.a // "none"`
  case alternative(PlainExpression, PlainExpression)

  /// The plain form of `expression`, nil where it has none.
  init?(_ expression: Expression) {
    switch expression.node {
    case .parenthesized(let inner):
      self.init(inner)
    case .binary(.alternative, let first, let second):
      guard let first = PlainExpression(first), let second = PlainExpression(second) else { return nil }
      self = .alternative(first, second)
    default:
      if let json = Self.constant(expression.node) {
        self = .constant(json)
      } else if let path = JQPath(expression) {
        self = .path(path)
      } else {
        return nil
      }
    }
  }

  /// Every path that is read.
  package var paths: [JSONPath] {
    switch self {
    case .constant: []
    case .path(let path): [path.path]
    case .alternative(let first, let second): first.paths + second.paths
    }
  }

  private static func constant(_ node: Node) -> [UInt8]? {
    switch node {
    case .null: return Array("null".utf8)
    case .true: return Array("true".utf8)
    case .false: return Array("false".utf8)
    case .array(nil): return Array("[]".utf8)
    case .object(let entries) where entries.isEmpty: return Array("{}".utf8)
    case .number(let text) where isExactWholeNumber(text): return Array(text.utf8)
    case .string(let template) where template.format == nil:
      return template.constant.map { Array(JSONText.quoted($0).utf8) }
    default: return nil
    }
  }

  /// Whether libjq prints the number as it is written: up to 15 digits, no leading zero.
  private static func isExactWholeNumber(_ text: String) -> Bool {
    Int(exactDigits: text.utf8).map { String($0) == text } ?? false
  }
}
