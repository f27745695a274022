extension ReadCollector {
  /// The context after `source as patterns`.
  ///
  /// Of `?//`'s patterns any may hold, so a variable stands for what each of them gives it; those that a
  /// pattern does not name are null.
  mutating func bind(
    _ source: Expression, _ patterns: [Pattern], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> Context {
    let value = try evaluate(source, input, context)
    var bindings: [String: AbstractValue] = [:]
    for pattern in patterns { try destructure(value, pattern, &bindings, input, context) }
    return context.binding(bindings)
  }

  private mutating func destructure(
    _ value: AbstractValue, _ pattern: Pattern, _ bindings: inout [String: AbstractValue],
    _ input: AbstractValue,
    _ context: Context
  ) throws(Uncertain) {
    switch pattern {
    case .variable(let name):
      bindings[name] = bindings[name]?.union(value) ?? value
    case .array(let patterns):
      let element = elements(of: value)
      for pattern in patterns { try destructure(element, pattern, &bindings, input, context) }
    case .object(let entries):
      for entry in entries {
        let member = try member(entry.key, of: value, bindings, input, context)
        if case .variable(let name) = entry.key {
          bindings[name] = bindings[name]?.union(member) ?? member
        }
        if let pattern = entry.pattern { try destructure(member, pattern, &bindings, input, context) }
      }
    }
  }

  private mutating func member(
    _ key: ObjectPatternEntry.Key, of value: AbstractValue, _ bindings: [String: AbstractValue],
    _ input: AbstractValue,
    _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    let computed: Expression
    switch key {
    case .name(let name), .variable(let name): return member(name, of: value)
    case .string(let template):
      if template.format == nil, let name = template.constant { return member(name, of: value) }
      computed = Expression(.string(template))
    case .computed(let expression): computed = expression
    }
    // jq's releases differ in what such a key sees: its `.` and its variables may be the outer ones or the
    // pattern's own.
    for context in [context, context.binding(bindings)] {
      _ = try consume(try evaluate(computed, value.union(input), context))
    }
    return try consume(value)
  }
}

extension ReadCollector.Context {
  fileprivate func binding(_ bindings: [String: AbstractValue]) -> ReadCollector.Context {
    var context = self
    for (name, value) in bindings { context.names.bind(name, to: value) }
    return context
  }
}
