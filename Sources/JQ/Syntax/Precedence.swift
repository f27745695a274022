/// How strongly an operator binds, from the weakest. The levels are those of jq 1.8.
enum Precedence: Int, Comparable {
  /// `def`, `label` and `as`, whose bodies reach as far as they can.
  case prefix
  case pipe
  case comma
  case alternative
  case update
  case or
  case and
  case comparison
  case additive
  case multiplicative
  /// `-x`, `try x`, `if … end`, `reduce …`: nothing can come between, but jq 1.6 takes no `.a` after them.
  case compound
  /// `.a`, `f(x)`, `(…)`, `[…]`
  case term

  enum Grouping {
    case left
    case right
    case none
  }

  var grouping: Grouping {
    switch self {
    case .prefix, .pipe, .alternative: .right
    case .update, .comparison: .none
    default: .left
    }
  }

  /// The next stronger level; the strongest has none above it.
  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? self }

  static func < (left: Precedence, right: Precedence) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .add, .subtract: .additive
    case .multiply, .divide, .modulo: .multiplicative
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
    case .and: .and
    case .or: .or
    case .alternative: .alternative
    }
  }
}
