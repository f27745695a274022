import JQ

/// Expressions that were ended, as they went on too long or took too much memory. Nothing evaluates them again to find
/// out why.
enum EndedEvaluation {
  /// What helps.
  static let help = "let it go through less, or allow it more time"

  /// Whether an evaluation that failed with `message` was ended.
  static func `is`(_ message: String) -> Bool { message.hasPrefix(EvaluationOutcome.endedPrefix) }

  /// Whether an evaluation that came to `outcome` was ended.
  static func `is`(_ outcome: EvaluationOutcome) -> Bool {
    if case .failure(let message) = outcome { Self.is(message) } else { false }
  }
}
