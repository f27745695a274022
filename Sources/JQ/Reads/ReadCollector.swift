/// Runs an expression on places of the input in place of values, and notes what it looks at.
///
/// A value that only passes through is not read. It is read where something depends on it: its type by a
/// step into it or a test of its truth, the number of its elements by an iteration, and all of it where it
/// becomes part of an output, of a text or of an operation whose result, or error, shows it.
struct ReadCollector {
  /// What is read cannot be said: a name that is not known, or more work than it is worth.
  struct Uncertain: Error {}

  /// Where an expression stands.
  struct Context {
    var scope: Scope?

    /// Whether jq records the paths of what the expression gives, as in `path(…)`. It then fails on what has
    /// no path, with words that show the value; so every variable counts as read.
    var recordsPaths = false

    func with(_ scope: Scope?) -> Context {
      Context(scope: scope, recordsPaths: recordsPaths)
    }
  }

  /// How many expressions may stand inside one another, calls followed: what a small stack holds.
  private static let maximumDepth = 128
  /// How many expressions are followed in all. Real ones need some dozens.
  private static let maximumSteps = 20_000
  private static let maximumWeight = 500

  private(set) var tree = ReadTree.kind
  private var depth = 0
  private var steps = 0

  /// What `expression` gives on `input`.
  mutating func evaluate(
    _ expression: Expression, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    depth += 1
    steps += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth, steps <= Self.maximumSteps else { throw Uncertain() }
    let output = try value(expression.node, input, context)
    guard output.weight <= Self.maximumWeight else { throw Uncertain() }
    return output
  }

  private mutating func value(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .identity: return input
    case .number, .null, .true, .false, .breakOut: return .scalar
    case .location: return .opaque
    case .recurse, .format: return try consume(input)
    case .string(let template):
      try consume(template, input, context)
      return .scalar
    case .optional(let inner), .parenthesized(let inner), .label(_, let inner):
      return try evaluate(inner, input, context)
    case .field, .index, .slice, .iterate: return try step(node, input, context)
    case .array(let content): return .array(of: try content.map(input, context, &self))
    case .object(let entries): return try object(entries, input, context)
    case .variable(let name): return try variable(name, context)
    case .call(let name, let arguments): return try call(name, arguments, input, context)
    case .definition(let definition, let body):
      let scope = Scope(.function(definition), in: context.scope)
      return try evaluate(body, input, context.with(scope))
    case .negate, .pipe, .comma, .binary, .update: return try operation(node, input, context)
    case .bind, .reduce, .foreach, .conditional, .tryCatch: return try control(node, input, context)
    }
  }

  private mutating func variable(_ name: String, _ context: Context) throws(Uncertain) -> AbstractValue {
    if let value = context.scope.variable(name) { return context.recordsPaths ? try consume(value) : value }
    guard name == "ENV" || name == "__loc__" else { throw Uncertain() }
    return .opaque
  }
}

extension ReadCollector {
  /// Notes that all of `value` is read.
  ///
  /// - Returns: what is left of it: something that tells no more.
  mutating func consume(_ value: AbstractValue) throws(Uncertain) -> AbstractValue {
    for place in value.places { note(place, .all) }
    for member in value.members.values { _ = try consume(member) }
    for element in value.rest { _ = try consume(element) }
    return value.isScalar ? .scalar : .opaque
  }

  /// Notes that the type of `value` is read, which tells its truth as well.
  mutating func testKind(_ value: AbstractValue) {
    for place in value.places { note(place, .kind) }
  }

  /// The value at a key of `value`.
  mutating func member(_ key: String, of value: AbstractValue) -> AbstractValue {
    let made = value.containers.contains(.objects) ? value.rest.first : nil
    return [made, value.members[key]].reduce(places(.key(key), of: value)) { $1.map($0.union) ?? $0 }
  }

  /// The elements and members of `value`.
  mutating func elements(of value: AbstractValue) -> AbstractValue {
    value.members.values.reduce(value.rest.first ?? .scalar) { $0.union($1) }
      .union(places(.each, of: value))
  }

  /// The places one step further in. That they are there is read, even if nothing else of them is.
  private mutating func places(_ step: Place.Step, of value: AbstractValue) -> AbstractValue {
    let places = Set(value.places.map { $0.appending(step) })
    for place in places { note(place, .kind) }
    return AbstractValue(places: places, containers: value.containers.intersection(.read))
  }

  private mutating func note(_ place: Place, _ leaf: ReadTree) {
    tree = tree.union(ReadTree(place.steps[...], leaf: leaf))
  }
}

extension Expression? {
  /// What an expression that may be left out gives.
  fileprivate func map(
    _ input: AbstractValue, _ context: ReadCollector.Context, _ collector: inout ReadCollector
  ) throws(ReadCollector.Uncertain) -> AbstractValue {
    guard let self else { return .scalar }
    return try collector.evaluate(self, input, context)
  }
}
