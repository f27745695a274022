/// How bad a finding of each rule is, where somebody wants it otherwise than it is by itself.
///
/// ```swift
/// var levels = RuleLevels()
/// levels[.missingTarget] = .off
/// levels[.manyOutputs] = .error
/// ```
public struct RuleLevels: Sendable, Hashable {
  /// How bad.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// It does not work as written.
    case error
    /// It works, but most likely not as meant.
    case warning
    /// Nothing is said of it.
    case off
  }

  private var levels: [Diagnostic.Rule: Level]

  /// Levels that leave each rule as it is.
  public init() {
    levels = [:]
  }

  /// The level of a rule, nil where it is what it is by itself.
  public subscript(rule: Diagnostic.Rule) -> Level? {
    get { levels[rule] }
    set { levels[rule] = newValue }
  }

  /// These levels, but for the rules of which `others` says something.
  public func overridden(by others: RuleLevels) -> RuleLevels {
    var result = self
    result.levels.merge(others.levels) { _, new in new }
    return result
  }
}
