import RawJSON

/// A path of keys and elements, as an expression writes it.
package struct JQPath: Sendable, Hashable {
  /// The steps from the input.
  package var path: JSONPath

  /// Which of the steps a `?` covers, which makes nothing of an error in them.
  package var isOptional: [Bool]

  /// The path that `expression` is, nil where it is something else.
  init?(_ expression: Expression) {
    switch expression.node {
    case .identity:
      self.init(path: JSONPath(), isOptional: [])
    case .parenthesized(let inner):
      self.init(inner)
    case .optional(let inner):
      guard let path = JQPath(inner) else { return nil }
      // Right after a step `?` covers that step; after anything else, all of it.
      let covered = inner.node.isStep ? 1 : path.isOptional.count
      self.init(
        path: path.path,
        isOptional: path.isOptional.dropLast(covered) + Array(repeating: true, count: covered))
    case .field(let target, let key):
      self.init(target, then: .key(key))
    case .index(let target, let index):
      guard let step = Self.step(index) else { return nil }
      self.init(target, then: step)
    case .pipe(let first, let second):
      guard let first = JQPath(first), let second = JQPath(second) else { return nil }
      self.init(
        path: JSONPath(first.path.steps + second.path.steps), isOptional: first.isOptional + second.isOptional
      )
    default:
      return nil
    }
  }

  private init(path: JSONPath, isOptional: [Bool]) {
    self.path = path
    self.isOptional = isOptional
  }

  private init?(_ target: Expression, then step: JSONPathStep) {
    guard let path = JQPath(target) else { return nil }
    self.init(path: path.path.appending(step), isOptional: path.isOptional + [false])
  }

  /// The step that `[index]` is for a constant string or a small whole number.
  package static func step(_ index: Expression) -> JSONPathStep? {
    switch index.node {
    case .parenthesized(let inner): return step(inner)
    case .string(let template) where template.format == nil: return template.constant.map { .key($0) }
    case .number(let text) where text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.count <= 9:
      return Int(text).map { .index($0) }
    default: return nil
    }
  }
}
