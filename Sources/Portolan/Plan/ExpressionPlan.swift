import JQ
import RawJSON

/// Expressions evaluated on the same document: what can be read off it, and what libjq must run.
struct ExpressionPlan: Sendable {
  /// How one expression gets its value.
  enum Way: Sendable {
    /// Read off the document.
    case plain(PlainReader)
    /// Run by libjq, as the next of ``interpreted``.
    case interpreted
  }

  let ways: [Way]
  /// Every path that a plain expression reads.
  let tree: PathTree
  /// The expressions that libjq runs, in their order.
  let interpreted: [JQExpression]
  /// Makes of the document what libjq is given: what its expressions read.
  let cut: BoundCut?

  init(_ expressions: [JQExpression]) {
    let plain = expressions.map(\.plain)
    let cut = CutPlan(zip(expressions, plain).compactMap { $1 == nil ? $0 : nil })
    let needsCut = plain.contains { $0 == nil }
    let tree = PathTree(plain.flatMap { $0?.paths ?? [] } + (needsCut ? cut.paths : []))
    let ways = plain.map { plain -> Way in
      plain.flatMap { PlainReader($0, in: tree) }.map { .plain($0) } ?? .interpreted
    }
    interpreted = zip(expressions, ways).compactMap { expression, way in
      if case .interpreted = way { expression } else { nil }
    }
    self.cut = needsCut ? cut.bound(to: tree) : nil
    self.tree = tree
    self.ways = ways
  }
}
