import Testing

@testable import Portolan

/// Compares what a voice says of a mistake with what should be said.
struct Judgement {
  /// What follows from another finding, and may be said beside it.
  private static let consequences: Set<String> = [
    "missing-target", "missing-required", "duplicate-entity", "missing-fixture",
  ]

  let mistake: Mistake
  let voice: Voice
  let mark: Mark?

  /// What is not as it should be, in words; `found` is what the voice says and does not say of the config as it is.
  func faults(in found: [Diagnostic]) -> [String] {
    var rest = found
    var said: [Diagnostic] = []
    var faults: [String] = []
    for expected in mistake.findings where voice.hasData || !expected.needsData {
      let closest = rest.indices.min {
        mismatches(rest[$0], expected).count < mismatches(rest[$1], expected).count
      }
      guard let closest else {
        faults.append("nothing is said; expected \(wording(expected))")
        continue
      }
      let finding = rest.remove(at: closest)
      said.append(finding)
      let wrong = mismatches(finding, expected)
      if !wrong.isEmpty {
        faults.append(
          "\(wrong.joined(separator: ", ")); expected \(wording(expected))\n  got \(wording(finding))")
      }
    }
    let unexpected = rest.filter { !isConsequence($0, of: said) }
    let misleading = rest.flatMap { finding in
      unsaid(finding).map { "\($0) beside what is expected: \(wording(finding))" }
    }
    return faults + unexpected.map { "one too many: \(wording($0))" } + misleading
  }

  /// What `finding` says that would mislead.
  private func unsaid(_ finding: Diagnostic) -> [String] {
    let text = finding.message + " " + (finding.help ?? "")
    return mistake.unsaid.filter(text.contains).map { "it says \($0)" }
  }

  private func isConsequence(_ finding: Diagnostic, of said: [Diagnostic]) -> Bool {
    if mistake.hasConsequences { return true }
    guard voice.hasData, !said.isEmpty else { return false }
    return Self.consequences.contains(finding.rule.rawValue)
      || said.contains { $0.location?.line == finding.location?.line }
      || mistake.findings.contains { $0.severity == .error && !$0.needsData }
  }

  /// In what `finding` is not as expected.
  private func mismatches(_ finding: Diagnostic, _ expected: Mistake.Finding) -> [String] {
    var wrong: [String] = []
    if finding.severity != expected.severity { wrong.append("another severity") }
    if let rule = expected.rule, finding.rule != rule { wrong.append("another rule") }
    if !finding.message.contains(expected.phrase) && !expected.phrase.isEmpty {
      wrong.append("another message")
    }
    if let mark, !mark.holds(finding) { wrong.append("another place than \(mark)") }
    wrong += expected.cures.filter { !(finding.help ?? "").contains($0) }.map { "the cure lacks \($0)" }
    return wrong + unsaid(finding)
  }

  private func wording(_ expected: Mistake.Finding) -> String {
    "\(expected.severity.rawValue) [\(expected.rule?.rawValue ?? "any rule")] \(expected.phrase)"
      + (expected.cures.isEmpty ? "" : " → " + expected.cures.joined(separator: ", "))
  }

  private func wording(_ finding: Diagnostic) -> String {
    let place = finding.location.map { "\($0.line):\($0.column)" } ?? "no place"
    return
      "\(place) \(finding.severity.rawValue) [\(finding.rule)] \(finding.message) → \(finding.help ?? "no cure")"
  }
}
