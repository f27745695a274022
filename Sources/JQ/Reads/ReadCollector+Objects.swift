extension ReadCollector {
  /// `{a: 1, (e): 2}`
  mutating func object(
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
      return (key.constantString, value ?? .opaque)
    }
  }
}
