import Portolan
import RawJSON

/// A kind of a declared fetcher, made ready to be asked for any number of times.
final class KindPlan: Sendable {
  /// What a kind is asked once for.
  enum ParentSource: Sendable {
    /// The objects of another kind.
    case kind(String, settings: [(name: String, value: TemplatePlan)], Expressions)
    /// The elements of a list that an expression gives.
    case values(SingleExpression)
  }

  let kind: FetcherDefinition.Kind
  let list: ListPlan
  let parent: ParentSource?
  /// Whether it is asked for a parent; nil for all.
  let condition: SingleExpression?
  /// What tells an object from others; nil where none comes twice.
  let once: SingleExpression?
  /// Which objects an event is about; nil where events are about none of them.
  let event: EventPlan?

  init(_ kind: FetcherDefinition.Kind) {
    self.kind = kind
    list = ListPlan(kind.list)
    parent = ParentSource(kind.parent)
    event = kind.event.map { EventPlan($0, of: kind) }
    condition = kind.parent?.condition.map(SingleExpression.init)
    once = kind.once.map(SingleExpression.init)
  }
}

extension KindPlan.ParentSource {
  /// Nil for nothing.
  init?(_ parent: FetcherDefinition.Parent?) {
    switch parent?.source {
    case .kind(let name, _, let settings):
      var builder = Expressions.Builder()
      let plans = settings.map { (name: $0.name, value: TemplatePlan($0.value, &builder)) }
      self = .kind(name, settings: plans, Expressions(builder))
    case .values(let expression): self = .values(SingleExpression(expression))
    case nil: return nil
    }
  }
}
