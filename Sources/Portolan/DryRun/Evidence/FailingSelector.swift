import JQ
import RawJSON

/// Finds what helps where a selector fails, by the first item on which it does.
struct FailingSelector {
  private let look: SecondLook

  init(_ look: SecondLook) {
    self.look = look
  }

  /// The finding with the part that fails, and what helps; as it is where nothing is known of that.
  func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !look.ended.contains("selector.query") else { return diagnostic }
    let query = look.resource.selector.query
    var found: FailedPart?
    look.forEachItem { item in
      guard item.isKept == nil else { return true }
      found = FailureSearch.failedPart(of: query.expression, on: item.json, environment: look.environment)
      return found == nil
    }
    guard let found, let cure = FailureCure.of(found) else { return diagnostic }
    var explained = query.finding(
      diagnostic.severity, diagnostic.rule, "\(diagnostic.message): \(cure.reason)", help: cure.advice,
      in: found.blamedRange, field: "selector.query")
    explained.count(diagnostic.alike, and: diagnostic.similar - diagnostic.alike.count)
    return explained
  }
}
