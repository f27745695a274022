import RawJSON

/// An expression that gives one value and is evaluated here, without libjq, for the inputs that it is meant
/// for: texts joined and cut, lists mapped and filtered, what is equal to what.
///
/// Building an input for libjq and running its program costs more than mapping the rest of the object. So
/// what real mappings use most is done on the document's own bytes; but only where the answer is plain to
/// see. An error, a number that is not a small whole one, a date in another form: for all of these
/// evaluation gives up and libjq gives the answer, with its own messages.
indirect enum NativeExpression: Sendable {
  /// `.`
  case input
  /// `.a.b` of the document: a number of ``NativeProgram/reads``
  case read(Int)
  /// `.a.b` of something else
  case path(JQPath)
  /// `"text"`
  case text(ConstantText)
  /// `8080`
  case number(Int)
  /// `true`
  case boolean(Bool)
  /// `null`
  case null
  /// `a | b`
  case pipe(NativeExpression, NativeExpression)
  /// `a // b`
  case alternative(NativeExpression, NativeExpression)
  /// `a + b`
  case add(NativeExpression, NativeExpression)
  /// `a - b`
  case subtract(NativeExpression, NativeExpression)
  /// `a == b`, `a < b`
  case compare(Comparison, NativeExpression, NativeExpression)
  /// `a and b`
  case and(NativeExpression, NativeExpression)
  /// `a or b`
  case or(NativeExpression, NativeExpression)
  /// `if a then b else c end`
  case conditional(NativeExpression, NativeExpression, otherwise: NativeExpression)
  /// `"\(a)-\(b)"`
  case interpolation([NativeExpression])
  /// `[a]`, `map(a)`
  case collect(NativeGenerator)
  /// `.[a:b]`
  case slice(NativeExpression, from: Int?, to: Int?)
  /// `.[-1]`
  case element(NativeExpression, Int)
  /// `length`, `split("/")`: of the input
  case call(NativeFunction)

  /// The comparisons.
  enum Comparison: Sendable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  }
}

/// A part of an expression that gives any number of values.
indirect enum NativeGenerator: Sendable {
  /// `a`
  case single(NativeExpression)
  /// `a[]`, `a[]?`
  case iterate(NativeExpression, isOptional: Bool)
  /// `select(a)`
  case select(NativeExpression)
  /// `empty`
  case empty
  /// `..`
  case recurse
  /// `objects`, `strings`: the input if it is of one of the types
  case kinds([JSONKind])
  /// `.a?`, of which an error gives nothing
  case optional(JQPath)
  /// `a // b`
  case alternative(NativeGenerator, NativeGenerator)
  /// `a | b`
  case pipe(NativeGenerator, NativeGenerator)
  /// `a, b`
  case comma(NativeGenerator, NativeGenerator)
}

/// A function of the input that is evaluated here.
enum NativeFunction: Sendable {
  /// `not`
  case not
  /// `length`
  case length
  /// `type`
  case type
  /// `tostring`
  case tostring
  /// `ascii_downcase`
  case downcase
  /// `ascii_upcase`
  case upcase
  /// `split("/")`
  case split(ConstantText)
  /// `join("/")`
  case join(ConstantText)
  /// `startswith("a")`
  case startswith(ConstantText)
  /// `endswith("a")`
  case endswith(ConstantText)
  /// `ltrimstr("a")`
  case ltrimstr(ConstantText)
  /// `rtrimstr("a")`
  case rtrimstr(ConstantText)
  /// `has("a")`
  case has(String)
  /// `add`
  case add
  /// `fromdate`
  case fromdate
  /// `strftime("%Y")`, `todate`
  case strftime(ConstantText)
}
