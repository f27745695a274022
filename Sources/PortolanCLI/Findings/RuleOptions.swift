import ArgumentParser
import Portolan

/// How bad findings are for one call.
struct RuleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the findings of a rule for errors or warnings, or leave them out: many-outputs=off (repeatable).",
      valueName: "name=level"))
  var rule: [String] = []

  func validate() throws {
    for text in rule {
      let parts = Self.parts(of: text)
      if let refusal = RuleLevels.refusal(of: parts.rule) {
        throw ValidationError("\(refusal.message); \(refusal.help)")
      }
      guard RuleLevels.Level(rawValue: parts.level) != nil else {
        throw ValidationError("--rule takes a rule and error, warning or off, as --rule \(parts.rule)=off")
      }
    }
  }

  /// The levels that the arguments give; the last one for a rule counts.
  var levels: RuleLevels {
    rule.map(Self.parts).reduce(into: RuleLevels()) { levels, parts in
      levels[Diagnostic.Rule(parts.rule)] = RuleLevels.Level(rawValue: parts.level)
    }
  }

  private static func parts(of text: String) -> (rule: String, level: String) {
    let end = text.firstIndex(of: "=") ?? text.endIndex
    return (String(text[..<end]), String(text[end...].dropFirst()))
  }
}
