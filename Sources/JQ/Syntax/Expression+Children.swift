extension Expression {
  /// The expressions directly inside this one, in the order of the text: those inside strings, patterns'
  /// keys and definitions' bodies included.
  package var children: [Expression] {
    var found: [Expression] = []
    _ = mapChildren { child in
      found.append(child)
      return child
    }
    return found
  }

  /// Whether `isMatch` holds for this or anything inside it.
  func contains(_ isMatch: (Expression) -> Bool) -> Bool {
    isMatch(self) || children.contains { $0.contains(isMatch) }
  }

  /// This expression with each expression directly inside it replaced.
  ///
  /// - Parameter transform: returns the replacement; called once for each of `children`, in that order.
  /// - Returns: the same kind of expression at the same range, around the replacements.
  package func mapChildren(_ transform: (Expression) -> Expression) -> Expression {
    Expression(mapLeaves(transform) ?? mapOperators(transform) ?? mapControl(transform), range: range)
  }

  private func mapLeaves(_ transform: (Expression) -> Expression) -> Node? {
    switch node {
    case .identity, .recurse, .number, .null, .true, .false, .format, .breakOut, .variable, .location: node
    case .string(let template): .string(template.map(transform))
    case .array(let content): .array(content.map(transform))
    case .object(let entries): .object(entries.map { $0.map(transform) })
    case .call(let name, let arguments): .call(name, arguments.map(transform))
    case .parenthesized(let inner): .parenthesized(transform(inner))
    default: nil
    }
  }

  private func mapOperators(_ transform: (Expression) -> Expression) -> Node? {
    switch node {
    case .field(let target, let key): .field(transform(target), key)
    case .index(let target, let key): .index(transform(target), transform(key))
    case .slice(let target, let first, let last):
      .slice(transform(target), first.map(transform), last.map(transform))
    case .iterate(let target): .iterate(transform(target))
    case .optional(let target): .optional(transform(target))
    case .negate(let operand): .negate(transform(operand))
    case .pipe(let left, let right): .pipe(transform(left), transform(right))
    case .comma(let left, let right): .comma(transform(left), transform(right))
    case .binary(let symbol, let left, let right): .binary(symbol, transform(left), transform(right))
    case .update(let symbol, let left, let right): .update(symbol, transform(left), transform(right))
    default: nil
    }
  }

  private func mapControl(_ transform: (Expression) -> Expression) -> Node {
    switch node {
    case .bind(let source, let patterns, let body):
      return .bind(
        source: transform(source), patterns: patterns.map { $0.map(transform) }, body: transform(body))
    case .reduce(let source, let patterns, let initial, let update):
      return .reduce(
        source: transform(source), patterns: patterns.map { $0.map(transform) },
        initial: transform(initial), update: transform(update))
    case .foreach(let source, let patterns, let initial, let update, let extract):
      return .foreach(
        source: transform(source), patterns: patterns.map { $0.map(transform) },
        initial: transform(initial), update: transform(update), extract: extract.map(transform))
    case .conditional(let branches, let otherwise):
      let mapped = branches.map {
        Branch(condition: transform($0.condition), consequence: transform($0.consequence))
      }
      return .conditional(mapped, otherwise: otherwise.map(transform))
    case .tryCatch(let body, let handler): return .tryCatch(transform(body), handler.map(transform))
    case .label(let name, let body): return .label(name, transform(body))
    case .definition(var definition, let body):
      definition.body = transform(definition.body)
      return .definition(definition, transform(body))
    default: return node
    }
  }
}

extension StringTemplate {
  fileprivate func map(_ transform: (Expression) -> Expression) -> StringTemplate {
    let mapped = parts.map { part in
      if case .interpolation(let inner) = part { return Part.interpolation(transform(inner)) }
      return part
    }
    return StringTemplate(format: format, parts: mapped)
  }
}

extension ObjectEntry {
  fileprivate func map(_ transform: (Expression) -> Expression) -> ObjectEntry {
    let mappedKey: Key =
      switch key {
      case .string(let template): .string(template.map(transform))
      case .computed(let expression): .computed(transform(expression))
      case .name, .variable, .location: key
      }
    return ObjectEntry(key: mappedKey, value: value.map(transform))
  }
}

extension Pattern {
  fileprivate func map(_ transform: (Expression) -> Expression) -> Pattern {
    switch self {
    case .variable: self
    case .array(let elements): .array(elements.map { $0.map(transform) })
    case .object(let entries): .object(entries.map { $0.map(transform) })
    }
  }
}

extension ObjectPatternEntry {
  fileprivate func map(_ transform: (Expression) -> Expression) -> ObjectPatternEntry {
    let mappedKey: Key =
      switch key {
      case .string(let template): .string(template.map(transform))
      case .computed(let expression): .computed(transform(expression))
      case .name, .variable: key
      }
    return ObjectPatternEntry(key: mappedKey, pattern: pattern.map { $0.map(transform) })
  }
}
