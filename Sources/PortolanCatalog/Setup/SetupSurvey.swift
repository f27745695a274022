/// What is to be done with blueprints, by what the catalog has of them.
struct SetupSurvey {
  /// Whether no run has finished the setup so far.
  let isOpen: Bool
  let updatesBlueprints: Bool
  /// The files' blueprints, each with the catalog's.
  var blueprints: [(document: BlueprintDocument, stored: [UInt8]?)] = []

  init(isOpen: Bool, updatesBlueprints: Bool) {
    self.isOpen = isOpen
    self.updatesBlueprints = updatesBlueprints
  }

  /// The steps for the blueprints.
  var steps: [SetupStep] {
    let createsMissing = updatesBlueprints || isUntouched
    return blueprints.compactMap { document, stored in
      guard let stored else {
        let action: SetupStep.Action = createsMissing && !document.isPortsOwn ? .create : .missing
        return SetupStep(action, .blueprint, document.identifier, json: Self.text(document.json))
      }
      let differences = document.differences(from: stored)
      guard !differences.isEmpty else { return nil }
      let isOurs = isOpen && document.isUnfinished(stored)
      return SetupStep(
        updatesBlueprints || isOurs ? .change : .differs, .blueprint, document.identifier,
        json: Self.text(document.merged(over: stored)), differences: differences)
    }
  }

  /// Whether actions, scorecards and pages are created: not where somebody else made the blueprints, nor where they
  /// were made once, since who deleted them does not want them.
  var createsResources: Bool {
    if updatesBlueprints { return true }
    return isOpen
      && steps.allSatisfy { $0.action == .create || $0.action == .change || isMissingPortsOwn($0) }
  }

  /// Whether nobody else made any of them: none is there, or no more than a run leaves that was cut off while it
  /// created them.
  private var isUntouched: Bool {
    let stored = blueprints.filter { !$0.document.isPortsOwn && $0.stored != nil }
    if stored.isEmpty { return true }
    return isOpen && stored.allSatisfy { pair in pair.stored.map(pair.document.isBare) ?? true }
  }

  private func isMissingPortsOwn(_ step: SetupStep) -> Bool {
    step.action == .missing && step.identifier.hasPrefix("_")
  }

  private static func text(_ json: [UInt8]) -> String { String(decoding: json, as: UTF8.self) }
}
