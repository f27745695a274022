/// What an expression gave on a document. It is a few numbers, because there is one for each field of each
/// object: the bytes that it speaks of stand elsewhere.
enum EvaluationResult {
  /// A value that stands in the document.
  case found(Range<Int>)
  /// A value that was made: its JSON stands in the evaluator's buffer.
  case made(Range<Int>)
  /// A constant of the plan, by its number.
  case constant(Int)
  /// `null`, because the document has nothing there.
  case missing
  /// No output.
  case nothing
  /// An error, by the number of its words.
  case failure(Int)
}
