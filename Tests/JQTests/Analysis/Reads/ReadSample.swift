import JQ

/// An expression and inputs to try it on.
struct ReadSample: Sendable {
  let text: String
  let body: Expression
  var inputs: [JSONTree]

  /// Nil for a text that is no jq, or that reads modules.
  init?(_ text: String, inputs: [JSONTree]) {
    guard let program = try? Parser.parse(text), program.imports.isEmpty, let body = program.body else {
      return nil
    }
    self.text = text
    self.body = body
    self.inputs = inputs
  }

  /// The names and texts in the expression.
  var words: [String] { Array(Set(body.words)).sorted() }

  /// Whether it ends on any input, gives the same twice, and does not bring libjq 1.6 down.
  var canRun: Bool { body.canRun }
}

extension Expression {
  fileprivate var words: [String] {
    let own: [String] =
      switch node {
      case .field(_, let key): [key]
      case .string(let template): template.constant.map { [$0] } ?? []
      case .object(let entries):
        entries.compactMap { if case .name(let name) = $0.key { name } else { nil } }
      case .bind(_, let patterns, _), .reduce(_, let patterns, _, _), .foreach(_, let patterns, _, _, _):
        patterns.flatMap(\.words)
      default: []
      }
    return children.reduce(own.filter { !$0.isEmpty }) { $0 + $1.words }
  }

  /// Loops, the outside world, and what libjq 1.6 does not survive: an empty string to look for, code points
  /// that are none, and memory for large numbers.
  private static let unfit: Set<String> = [
    "repeat", "while", "until", "recurse", "recurse_down", "input", "inputs", "debug", "stderr", "halt",
    "halt_error", "now", "input_line_number", "implode", "combinations", "nan", "infinite",
  ]
  private static let unfitUnlessConstant: Set<String> = ["indices", "index", "rindex", "gsub", "range"]

  fileprivate var canRun: Bool {
    switch node {
    case .call(let name, let arguments):
      if Self.unfit.contains(name), !(name == "recurse" && arguments.isEmpty) { return false }
      let searched = arguments.prefix(name == "range" ? 3 : 1)
      if Self.unfitUnlessConstant.contains(name), !searched.allSatisfy(\.isTame) { return false }
    case .number(let digits) where !(Double(digits).map { abs($0) < 1_000_000 } ?? false): return false
    case .definition(let definition, _) where definition.body.calls(definition.name): return false
    default: break
    }
    return children.allSatisfy(\.canRun)
  }

  private var isTame: Bool {
    switch node {
    case .string(let template): !(template.constant ?? "").isEmpty && template.constant != "^"
    case .number: true
    case .call(let name, let arguments): name == "length" && arguments.isEmpty
    default: false
    }
  }

  private func calls(_ name: String) -> Bool {
    if case .call(name, _) = node { return true }
    return children.contains { $0.calls(name) }
  }
}

extension Pattern {
  fileprivate var words: [String] {
    switch self {
    case .variable: []
    case .array(let patterns): patterns.flatMap(\.words)
    case .object(let entries):
      entries.flatMap { entry -> [String] in
        let inner = entry.pattern?.words ?? []
        switch entry.key {
        case .name(let name), .variable(let name): return [name] + inner
        case .string, .computed: return inner
        }
      }
    }
  }
}

extension JSONTree {
  /// Whether every number in it is below `limit`: a program may repeat a string, or make an array, of that
  /// size.
  func isTame(below limit: Double) -> Bool {
    if case .number(let digits) = self { return Double(digits).map { abs($0) < limit } ?? false }
    return children.allSatisfy { $0.isTame(below: limit) }
  }
}
