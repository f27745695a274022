import JQ
import RawJSON

/// JSON that somebody wrote, and that is not what it should be.
enum JSONSource {
  /// A raw object of that kind; the number says which one, if its place does not.
  case rawObject(kind: String, number: Int?)
  /// A `blueprints.json`.
  case blueprints
  /// The entities that a mapping is expected to make.
  case snapshot
}

extension Diagnostic {
  /// What is wrong with JSON of `source`, at `location`.
  init(_ error: JSONError, in source: JSONSource, at location: SourceLocation?) {
    switch source {
    case .rawObject(let kind, let number):
      self.init(
        .error, .invalidRawObject, "raw object\(number.map { " \($0)" } ?? "") of kind `\(kind)`: \(error)",
        help: error.reason == .notAnObject
          ? "each raw object must be a JSON object: {…}" : "correct the JSON; the other objects are mapped",
        at: location)
    case .blueprints:
      self.init(
        .error, .invalidBlueprints, "this is not JSON: \(error)",
        help: "correct it, or export the blueprints from Port again", at: location)
    case .snapshot:
      self.init(invalidSnapshot: "this is not JSON: \(error)", at: location)
    }
  }

  /// A snapshot that cannot be used.
  init(invalidSnapshot message: String, at location: SourceLocation?) {
    self.init(
      .error, .invalidSnapshot, message,
      help: "take the file back from your version control, or write it again",
      remedy: .updateSnapshots, at: location)
  }
}

/// Why a selector is neither true nor false.
///
/// Its ``description`` is the rest of a sentence that begins with the selector.
enum SelectorFailure: CustomStringConvertible {
  /// What it came to instead.
  case outcome(EvaluationOutcome)
  /// It does not compile.
  case rejected

  var description: String {
    switch self {
    case .outcome(.value(let json)):
      "gives \(String(decoding: json, as: UTF8.self).shortened(to: 80)), neither true nor false"
    case .outcome(.nothing): "gives nothing, neither true nor false"
    case .outcome(.failure(let message)): "failed: \(message)"
    case .rejected: "does not compile"
    }
  }
}

extension Diagnostic.Rule {
  /// A raw object that is not valid JSON, or not an object.
  public static let invalidRawObject = Self("invalid-raw-object")
  /// A selector that is something other than true or false.
  public static let selectorFailed = Self("selector-failed")
  /// An `itemsToParse` that is no list.
  public static let unparsedItems = Self("unparsed-items")
  /// A fetcher that ended with an error.
  public static let fetchFailed = Self("fetch-failed")
}
