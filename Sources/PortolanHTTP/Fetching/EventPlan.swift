import Portolan
import RawJSON

/// What a kind's `event` says, made ready for any number of events.
final class EventPlan: Sendable {
  /// What `parent` is for an object that came alone.
  enum Parent: Sendable {
    case value(SingleExpression)
    case request(ListPlan)
  }

  /// The object as it is now; nil where the event has all of it.
  let request: ListPlan?
  let parent: Parent?
  /// Whether the settings of the selector ask for an object; nil for always.
  let keep: SingleExpression?
  /// Where it is declared.
  let location: SourceLocation
  private let condition: SingleExpression?
  private let objects: SingleExpression
  private let ofObject: Expressions
  private let key: Expressions.Key
  private let deleted: Expressions.Key?
  private let adder: ObjectAdder?

  init(_ event: FetcherDefinition.Event, of kind: FetcherDefinition.Kind) {
    request = event.request.map(ListPlan.init)
    switch event.parent {
    case .value(let expression): parent = .value(SingleExpression(expression))
    case .request(let list): parent = .request(ListPlan(list))
    case nil: parent = nil
    }
    keep = event.keep.map(SingleExpression.init)
    location = event.location
    condition = event.condition.map(SingleExpression.init)
    objects = SingleExpression(event.objects)
    var builder = Expressions.Builder()
    key = builder.add(event.key)
    deleted = builder.add(event.deleted)
    ofObject = Expressions(builder)
    var values = kind.list
    values.joins = []
    adder = ObjectAdder(values)
  }

  /// The kind's objects that an event is about.
  ///
  /// - Parameters:
  ///   - kind: the kind's name.
  ///   - event: the event as expressions see it.
  ///   - config: what the user has set.
  /// - Returns: them, as far as the event has them.
  /// - Throws: `Diagnostic` where an expression fails, or gives what it cannot.
  func objects(_ kind: String, of event: [UInt8], _ config: [UInt8]) throws -> [EventObject] {
    let scope = FetchScope(config: config, kind: kind)
    let document = scope.document(event)
    if let condition, try !condition.isTrue(on: document) { return [] }
    guard let found = try objects.value(on: document) else { return [] }
    let ofEvent = FetchScope(config: config, kind: kind, others: [.event: event])
    return try (found.elements ?? [found]).filter { $0.kind != .null }.map { object in
      try self.object(Array(object.json.utf8), kind, ofEvent, config)
    }
  }

  private func object(
    _ json: [UInt8], _ kind: String, _ scope: FetchScope, _ config: [UInt8]
  ) throws -> EventObject {
    guard JSONView(valid: json).members != nil else {
      throw problem(
        "`objects` gives \(JSONView(valid: json).kind.phrase), and not an object",
        "make an object of it, as `{id: .}`")
    }
    let results = try ofObject.results(on: { scope.document(json) })
    guard let key = try results.value(key), let name = key.text ?? key.number, !name.isEmpty else {
      throw problem(
        "the `key` of an object is null, or neither a text nor a number", "name what each has, as `key: .id`")
    }
    let isDeleted = try results.isTrue(deleted)
    let isWhole = request == nil && !isDeleted
    return EventObject(
      kind: kind, key: name, json: isWhole ? json : try completed(json, kind, config), isDeleted: isDeleted)
  }

  /// The object with what can be added to it without asking for anything: it may be gone, and is mapped from that.
  private func completed(_ json: [UInt8], _ kind: String, _ config: [UInt8]) throws -> [UInt8] {
    guard let adder else { return json }
    var missing: Set<FetcherContext> = [.selector, .parent]
    let scope = FetchScope(config: config, kind: kind, others: [.object: json])
    guard case .value(let expression) = parent, let parent = try? expression.json(on: scope.document(json))
    else {
      return try adder.adding(to: json, scope, without: missing)
    }
    missing.remove(.parent)
    return try adder.adding(
      to: json, FetchScope(config: config, parent: parent, kind: kind), without: missing)
  }

  private func problem(_ message: String, _ help: String) -> Diagnostic {
    Diagnostic(.error, .fetcherExpressionFailed, message, help: help, at: location)
  }
}
