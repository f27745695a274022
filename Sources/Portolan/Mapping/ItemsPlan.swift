import JQ
import RawJSON

/// How one raw object becomes many items.
struct ItemsPlan: Sendable {
  /// The one expression, which gives the list.
  let program: EvaluationProgram
  /// The path that is removed from the object, nil where nothing is.
  let removed: JSONPath?
  /// The key of an item in the object.
  let name: String
  let config: ItemsToParse

  init(_ config: ItemsToParse) {
    self.config = config
    name = config.name
    program = EvaluationProgram([config.expression.expression])
    removed = config.removesParsedArray ? config.expression.expression.parsedPath : nil
  }
}
