/// The operators that make a value of two.
package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  /// `+`
  case add = "+"
  /// `-`
  case subtract = "-"
  /// `*`
  case multiply = "*"
  /// `/`
  case divide = "/"
  /// `%`
  case modulo = "%"
  /// `==`
  case equal = "=="
  /// `!=`
  case notEqual = "!="
  /// `<`
  case less = "<"
  /// `<=`
  case lessOrEqual = "<="
  /// `>`
  case greater = ">"
  /// `>=`
  case greaterOrEqual = ">="
  /// `and`
  case and
  /// `or`
  case or
  /// `//`
  case alternative = "//"
}

/// The operators that give the input with what the left side names replaced.
package enum UpdateOperator: String, Sendable, Hashable, CaseIterable {
  /// `=`
  case assign = "="
  /// `|=`
  case modify = "|="
  /// `+=`
  case add = "+="
  /// `-=`
  case subtract = "-="
  /// `*=`
  case multiply = "*="
  /// `/=`
  case divide = "/="
  /// `%=`
  case modulo = "%="
  /// `//=`
  case alternative = "//="
}
