import JQ
import RawJSON

/// Expressions that libjq runs together, as one program on one small document.
struct InterpretedPlan: Sendable {
  let expressions: [JQExpression]
  /// The paths that the walk over a document must find.
  let paths: [JSONPath]
  private let cutPlan: CutPlan

  init(_ expressions: [JQExpression]) {
    self.expressions = expressions
    cutPlan = CutPlan(expressions)
    paths = expressions.isEmpty ? [] : cutPlan.paths
  }

  /// Makes of a document what libjq is given: what its expressions read. `tree` must have ``paths``.
  func cut(_ tree: PathTree) -> BoundCut? {
    expressions.isEmpty ? nil : cutPlan.bound(to: tree)
  }
}
