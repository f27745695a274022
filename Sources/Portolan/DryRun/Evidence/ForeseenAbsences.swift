import JQ

/// Which paths an expression foresees to be absent, so that it is null by design where they are: `.a?`, `.a // …`,
/// `if .a then …`.
struct ForeseenAbsences {
  /// What `?`, `//` and `try` are about.
  private var covered: [[String?]] = []
  /// What a condition asks whether it is there.
  private var deciding: [[String?]] = []
  /// All that conditions read.
  private var asked: [[String?]] = []

  /// Nil foresees nothing.
  init(_ body: JQ.Expression?) {
    body?.visitOfInput { add($0) }
  }

  private mutating func add(_ expression: JQ.Expression) {
    switch expression.node {
    case .optional(let target): covered += Self.paths(target)
    case .tryCatch(let body, _): covered += Self.paths(body)
    case .binary(.alternative, let left, _): covered += Self.paths(left)
    case .conditional(let branches, _):
      for branch in branches {
        asked += Self.paths(branch.condition)
        if let path = branch.condition.core.askedPath { deciding.append(path) }
      }
    // What is inside a path is not visited.
    case .field(let target, _), .iterate(let target), .index(let target, _): add(target)
    default: break
    }
  }

  private static func paths(_ expression: JQ.Expression) -> [[String?]] {
    var paths: [[String?]] = []
    expression.visitOfInput { part in
      if let steps = part.readSteps, !steps.isEmpty { paths.append(steps) }
    }
    return paths
  }

  /// Whether the path, or one that it begins, may be absent.
  func covers(_ steps: [String?]) -> Bool { covered.contains { $0.starts(with: steps) } }

  /// Whether a condition asks whether it is there.
  func decides(_ steps: [String?]) -> Bool { deciding.contains { $0.starts(with: steps) } }

  /// Whether a condition reads it.
  func asks(_ steps: [String?]) -> Bool { asked.contains { $0.starts(with: steps) } }
}

extension JQ.Expression {
  /// The path of which it asks whether there is something: `.a`, `.a != null`.
  fileprivate var askedPath: [String?]? {
    if let steps = readSteps, !steps.isEmpty { return steps }
    guard case .binary(let symbol, let left, let right) = node else { return nil }
    if symbol == .and || symbol == .or { return left.core.askedPath }
    guard symbol == .equal || symbol == .notEqual, right.constantKind == .null, let steps = left.readSteps,
      !steps.isEmpty
    else { return nil }
    return steps
  }
}
