import Portolan
import Synchronization

/// The plans of a client's lists. Those that differ in their requests only share what libjq has compiled: a child's list
/// is asked for once for each parent, and compiling takes longer than many an answer.
final class ListPlans: Sendable {
  /// All of a list but its request and its parent.
  private struct Key: Hashable {
    var items: String?
    var paging: APIPaging
    var texts: [String?]
    var added: [String: String]
    var location: SourceLocation
  }

  /// How many are kept. A program has as many lists as places where it makes one.
  private static let limit = 64

  private let plans = Mutex<[Key: ListPlan]>([:])

  /// The plan of a list.
  ///
  /// - Throws: `Diagnostic` for a text that is not jq, and for a body that is not JSON.
  func plan(for list: APIList) throws(Diagnostic) -> ListPlan {
    let definition = try list.definition
    let key = Key(
      items: list.items, paging: list.paging, texts: [list.none, list.error, list.retry], added: list.added,
      location: list.location)
    if let known = plans.withLock({ $0[key] }) { return ListPlan(definition, readAs: known) }
    let plan = ListPlan(definition)
    plans.withLock { plans in
      if plans.count >= Self.limit { plans.removeAll() }
      plans[key] = plan
    }
    return plan
  }
}
