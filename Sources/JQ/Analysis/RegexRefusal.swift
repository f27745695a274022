import Synchronization

/// Why Oniguruma, the library of regular expressions in libjq, refuses a pattern. Each pattern is asked for once.
package enum RegexRefusal {
  private struct Answers {
    var machine: JQMachine?
    var refusals: [String: String?] = [:]
  }

  private static let answers = Mutex(Answers())
  /// Longer patterns are not asked for.
  private static let longest = 2000
  /// How many answers are kept.
  private static let capacity = 10_000

  /// Its message, nil where it takes the pattern.
  package static func of(_ pattern: String) -> String? {
    guard needsQuestion(pattern) else { return nil }
    return answers.withLock { answers in
      if let known = answers.refusals[pattern] { return known }
      if answers.machine == nil {
        answers.machine = try? JQMachine(". as $pattern | \"\" | test($pattern)")
      }
      guard let machine = answers.machine else { return nil }
      var refusal: String?
      if case .failure(let message) = machine.outcome(on: JQValue(text: pattern)) {
        refusal = reason(message)
      }
      if answers.refusals.count < capacity { answers.refusals[pattern] = .some(refusal) }
      return refusal
    }
  }

  /// Whether it has a sign that a pattern can be wrong by.
  private static func needsQuestion(_ pattern: String) -> Bool {
    pattern.utf8.count <= longest
      && pattern.unicodeScalars.contains { "()[]{}*+?\\".unicodeScalars.contains($0) }
  }

  /// What Oniguruma says, without what libjq says around it: `x (at offset 0) is not a valid regex: y`.
  private static func reason(_ message: String) -> String {
    let mark = "is not a valid regex: "
    return message.firstRange(of: mark).map { String(message[$0.upperBound...]) } ?? message
  }
}
