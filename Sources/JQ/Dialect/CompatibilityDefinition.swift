/// A function of later jq, written in the words of earlier ones.
struct CompatibilityDefinition: Sendable {
  /// The function and the number of its arguments: `limit/2`.
  let key: String
  /// The first libjq that has it as it is meant, nil where none has.
  let builtInSince: LibJQVersion?
  /// Its text: one `def`.
  let text: String
  /// The functions that it calls.
  let calls: [String]

  init?(_ text: String, builtInSince: LibJQVersion?) {
    guard let program = try? Parser.parse(text), let definition = program.definitions.first,
      program.definitions.count == 1
    else { return nil }
    key = "\(definition.name)/\(definition.parameters.count)"
    self.builtInSince = builtInSince
    self.text = text
    calls = definition.body.calledFunctions.filter { [key] in $0 != key }
  }
}

extension Expression {
  /// Every function that is called in it, as `name/arity`, each once.
  var calledFunctions: [String] {
    var found: Set<String> = []
    collectCalls(into: &found)
    return found.sorted()
  }

  private func collectCalls(into found: inout Set<String>) {
    if case .call(let name, let arguments) = node { found.insert("\(name)/\(arguments.count)") }
    for child in children { child.collectCalls(into: &found) }
  }
}
