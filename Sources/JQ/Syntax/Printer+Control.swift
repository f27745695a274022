extension Printer {
  mutating func writeControl(_ node: Node) {
    switch node {
    case .bind(let source, let patterns, let body):
      writeSource(source, patterns)
      write(" | ")
      write(body)
    case .reduce(let source, let patterns, let initial, let update):
      write("reduce ")
      writeSource(source, patterns)
      writeSteps([initial, update])
    case .foreach(let source, let patterns, let initial, let update, let extract):
      write("foreach ")
      writeSource(source, patterns)
      writeSteps([initial, update] + (extract.map { [$0] } ?? []))
    case .conditional(let branches, let otherwise):
      writeConditional(branches, otherwise)
    case .tryCatch(let body, let handler):
      write("try ")
      write(body, atLeast: .term)
      guard let handler else { return }
      write(" catch ")
      write(handler, atLeast: .term)
    case .label(let name, let body):
      write("label $\(name) | ")
      write(body)
    case .definition(let definition, let body):
      write(definition)
      write(" ")
      write(body)
    default: break
    }
  }

  mutating func write(_ definition: FunctionDefinition) {
    write("def \(definition.name)")
    if !definition.parameters.isEmpty {
      let names = definition.parameters.map { parameter in
        switch parameter {
        case .filter(let name): name
        case .value(let name): "$\(name)"
        }
      }
      write("(\(names.joined(separator: "; ")))")
    }
    write(": ")
    write(definition.body)
    write(";")
  }

  private mutating func writeSource(_ source: Expression, _ patterns: [Pattern]) {
    write(source, atLeast: .term)
    write(" as ")
    write(patterns)
  }

  private mutating func writeSteps(_ steps: [Expression]) {
    write(" (")
    write(steps, separator: "; ")
    write(")")
  }

  private mutating func writeConditional(_ branches: [Branch], _ otherwise: Expression?) {
    for (index, branch) in branches.enumerated() {
      write(index == 0 ? "if " : " elif ")
      write(branch.condition)
      write(" then ")
      write(branch.consequence)
    }
    if let otherwise {
      write(" else ")
      write(otherwise)
    }
    write(" end")
  }
}
