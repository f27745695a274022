extension Program {
  /// What the program reads of its input; all of it where that is not certain.
  package var reads: ReadTree {
    guard imports.isEmpty, let body else { return .all }
    return body.reads
  }
}

extension Expression {
  /// What the expression reads of its input, as a program of its own; all of it where that is not certain.
  ///
  /// Functions that it does not define itself are taken for jq's.
  package var reads: ReadTree {
    var collector = ReadCollector()
    do throws(ReadCollector.Uncertain) {
      let output = try collector.evaluate(self, .input, ReadCollector.Context())
      _ = try collector.consume(output)
      return collector.tree
    } catch {
      return .all
    }
  }
}

/// Runs an expression on paths of the input in place of values, and notes what it looks at.
///
/// A value that only passes through is not read. It is read where something depends on it: its type by a
/// step into it or a test of its truth, the number of its elements by an iteration, and all of it where it
/// becomes part of an output, of a text or of an operation whose result, or error, shows it.
struct ReadCollector {
  /// What is read cannot be said: a name that is not known, or more work than it is worth.
  struct Uncertain: Error {}

  /// What a function's name means.
  enum Callee: Sendable {
    /// `def f: …;`, and the names that are known before it.
    case definition(FunctionDefinition, Scope<Callee, AbstractValue>)

    /// What a function was called with, and the names that are known where it was called.
    case argument(Expression, Scope<Callee, AbstractValue>)
  }

  typealias Names = Scope<Callee, AbstractValue>

  /// What surrounds an expression.
  struct Context {
    var names = Names()

    /// Whether jq records the paths of what the expression gives, as in `path(…)`. It then fails on what has
    /// no path, with a message that shows the value; so every variable counts as read.
    var recordsPaths = false

    func with(_ names: Names) -> Context {
      Context(names: names, recordsPaths: recordsPaths)
    }
  }

  /// How many expressions may be inside one another, calls followed: what a small stack holds.
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
      var names = context.names
      names.define(definition.signature, as: .definition(definition, context.names))
      return try evaluate(body, input, context.with(names))
    case .negate, .pipe, .comma, .binary, .update: return try operation(node, input, context)
    case .bind, .reduce, .foreach, .conditional, .tryCatch: return try control(node, input, context)
    }
  }

  private mutating func variable(_ name: String, _ context: Context) throws(Uncertain) -> AbstractValue {
    if let value = context.names.variables[name] { return context.recordsPaths ? try consume(value) : value }
    guard name == "ENV" || name == "__loc__" else { throw Uncertain() }
    return .opaque
  }
}

// Steps into values, operators and objects.
extension ReadCollector {
  /// `.a`, `.[e]`, `.[a:b]`, `.[]`
  private mutating func step(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .field(let target, let key):
      return member(key, of: try evaluate(target, input, context))
    case .iterate(let target):
      return elements(of: try evaluate(target, input, context))
    case .index(let target, let key):
      if let name = key.constantText { return member(name, of: try evaluate(target, input, context)) }
      if key.isConstantNumber { return elements(of: try evaluate(target, input, context)) }
      try consumeKey(key, input, context)
      return try consume(try evaluate(target, input, context))
    case .slice(let target, let first, let last):
      for bound in [first, last] {
        if let bound { try consumeKey(bound, input, context) }
      }
      return .array(of: elements(of: try evaluate(target, input, context)))
    default: throw Uncertain()
    }
  }

  /// Reads what is in the brackets of an index: jq records no paths there.
  private mutating func consumeKey(
    _ key: Expression, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) {
    _ = try consume(try evaluate(key, input, Context(names: context.names)))
  }

  /// Reads what is put into a string.
  private mutating func consume(
    _ template: StringTemplate, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) {
    for part in template.parts {
      if case .interpolation(let inner) = part { _ = try consume(try evaluate(inner, input, context)) }
    }
  }

  /// `-e`, `a | b`, `a, b`, `a + b`, `a |= b`
  private mutating func operation(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .pipe(let first, let second):
      return try evaluate(second, try evaluate(first, input, context), context)
    case .comma(let first, let second):
      return try evaluate(first, input, context).union(try evaluate(second, input, context))
    case .negate(let operand):
      _ = try consume(try evaluate(operand, input, context))
      return .scalar
    case .binary(let symbol, let left, let right):
      let left = try evaluate(left, input, context)
      return try binary(symbol, left, try evaluate(right, input, context))
    case .update(_, let target, let change):
      return try update(target, change, input, context)
    default: throw Uncertain()
    }
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ left: AbstractValue, _ right: AbstractValue
  ) throws(Uncertain) -> AbstractValue {
    switch symbol {
    case .and, .or:
      testKind(left)
      testKind(right)
      return .scalar
    case .alternative:
      testKind(left)
      return left.union(right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return try comparison(left, right)
    case .add, .subtract, .multiply, .divide, .modulo:
      // An operation that fails shows both values. Of two strings, `/` makes an array.
      _ = try consume(left)
      _ = try consume(right)
      return .opaque
    }
  }

  /// Values of different types are ordered by their types, so against a scalar a container's content
  /// does not count.
  private mutating func comparison(
    _ left: AbstractValue, _ right: AbstractValue
  ) throws(Uncertain) -> AbstractValue {
    for side in [left, right] {
      if left.isScalar || right.isScalar { testKind(side) } else { _ = try consume(side) }
    }
    return .scalar
  }

  /// All of the input flows out of an update.
  private mutating func update(
    _ target: Expression, _ change: Expression, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    _ = try consume(input)
    let paths = Context(names: context.names, recordsPaths: true)
    _ = try consume(try evaluate(target, .opaque, paths))
    _ = try consume(try evaluate(change, .opaque, context))
    return .opaque
  }

  /// `{a: 1, (e): 2}`
  private mutating func object(
    _ entries: [ObjectEntry], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    var members: [String: AbstractValue] = [:]
    var rest: AbstractValue?
    for entry in entries {
      let (name, value) = try member(entry, input, context)
      if let name {
        members[name] = members[name]?.union(value) ?? value
      } else {
        rest = rest?.union(value) ?? value
      }
    }
    return AbstractValue(containers: .objects, members: members, rest: rest.map { [$0] } ?? [])
  }

  /// What an entry puts into the object; the name is nil where it is not known.
  private mutating func member(
    _ entry: ObjectEntry, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> (name: String?, value: AbstractValue) {
    let value = try entry.value.map { value throws(Uncertain) in try evaluate(value, input, context) }
    switch entry.key {
    case .name(let name):
      return (name, value ?? member(name, of: input))
    case .location:
      return ("__loc__", .opaque)
    case .variable(let name):
      let variable = try evaluate(Expression(.variable(name)), input, context)
      guard let value else { return (name, variable) }
      _ = try consume(variable)
      return (nil, value)
    case .string(let template):
      if template.format == nil, let name = template.constant {
        return (name, value ?? member(name, of: input))
      }
      try consume(template, input, context)
      if let value { return (nil, value) }
      return (nil, try consume(input))
    case .computed(let key):
      _ = try consume(try evaluate(key, input, context))
      return (key.constantText, value ?? .opaque)
    }
  }
}

// Loops and branches.
extension ReadCollector {
  /// `e as $x | f`, `reduce`, `foreach`, `if`, `try`
  private mutating func control(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .bind(let source, let patterns, let body):
      return try evaluate(body, input, try bind(source, patterns, input, context))
    case .reduce(let source, let patterns, let initial, let update):
      let inner = try bind(source, patterns, input, context)
      return try fold(try evaluate(initial, input, context), update, inner)
    case .foreach(let source, let patterns, let initial, let update, let extract):
      let inner = try bind(source, patterns, input, context)
      let states = try fold(try evaluate(initial, input, context), update, inner)
      guard let extract else { return states }
      return try evaluate(extract, states, inner)
    case .conditional(let branches, let otherwise):
      return try conditional(branches, otherwise, input, context)
    case .tryCatch(let body, let handler):
      let output = try evaluate(body, input, context)
      guard let handler else { return output }
      // What an error holds was read where it was raised.
      return output.union(try evaluate(handler, .opaque, context))
    default: throw Uncertain()
    }
  }

  private mutating func conditional(
    _ branches: [Branch], _ otherwise: Expression?, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    var output = try otherwise.map { last throws(Uncertain) in try evaluate(last, input, context) } ?? input
    for branch in branches {
      testKind(try evaluate(branch.condition, input, context))
      output = output.union(try evaluate(branch.consequence, input, context))
    }
    return output
  }

  /// Every state that `update` can lead to from `initial`.
  private mutating func fold(
    _ initial: AbstractValue, _ update: Expression, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    var state = initial
    for _ in 0..<3 {
      let next = state.union(try evaluate(update, state, context))
      if next == state { return state }
      state = next
    }
    // It grows with each step, as in `reduce … (.; .next)`: all that it can reach is read.
    _ = try consume(state)
    _ = try consume(try evaluate(update, .opaque, context))
    return .opaque
  }
}

extension ReadCollector {
  /// Notes that all of `value` is read.
  ///
  /// - Returns: what is left of it: something that tells no more.
  mutating func consume(_ value: AbstractValue) throws(Uncertain) -> AbstractValue {
    for path in value.paths { note(path, .all) }
    for member in value.members.values { _ = try consume(member) }
    for element in value.rest { _ = try consume(element) }
    return value.isScalar ? .scalar : .opaque
  }

  /// Notes that the type of `value` is read, which tells its truth as well.
  mutating func testKind(_ value: AbstractValue) {
    for path in value.paths { note(path, .kind) }
  }

  /// The value at a key of `value`.
  mutating func member(_ key: String, of value: AbstractValue) -> AbstractValue {
    let made = value.containers.contains(.objects) ? value.rest.first : nil
    return [made, value.members[key]].reduce(step(.key(key), into: value)) { $1.map($0.union) ?? $0 }
  }

  /// The elements and members of `value`.
  mutating func elements(of value: AbstractValue) -> AbstractValue {
    value.members.values.reduce(value.rest.first ?? .scalar) { $0.union($1) }
      .union(step(.each, into: value))
  }

  /// The paths one step further in. That something is there is read, even if nothing else of it is.
  private mutating func step(_ step: ReadPath.Step, into value: AbstractValue) -> AbstractValue {
    let paths = Set(value.paths.map { $0.appending(step) })
    for path in paths { note(path, .kind) }
    return AbstractValue(paths: paths, containers: value.containers.intersection(.read))
  }

  private mutating func note(_ path: ReadPath, _ leaf: ReadTree) {
    tree = tree.union(ReadTree(path.steps[...], leaf: leaf))
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
