import JQ
import RawJSON

extension ResourceTally {
  /// Something that went wrong with a raw object, and how often the same did with later ones.
  struct Incident: Sendable {
    enum Cause: Sendable {
      case invalid(JSONError)
      case unparsed(ItemsFailure)
      case selector(EvaluationOutcome)
    }

    /// How many incidents of a rule are shown: a million broken objects fill neither memory nor screen.
    static let limit = 5

    /// A later one that is like it.
    struct Other: Sendable {
      let cause: Cause
      let object: ObjectPosition
    }

    let cause: Cause
    let object: ObjectPosition
    /// The first of the later ones that have the same cause or that were too many.
    private(set) var others: [Other] = []
    /// How many more of them are not kept.
    private(set) var unkept = 0

    /// Adds an incident, or counts it with the one that it is like.
    static func add(_ cause: Cause, _ object: ObjectPosition, to incidents: inout [Incident]) {
      if let place = cause.place(in: incidents) {
        incidents[place].count(Other(cause: cause, object: object))
      } else {
        incidents.append(Incident(cause: cause, object: object))
      }
    }

    private mutating func count(_ other: Other) {
      if others.count < Diagnostic.alikeLimit { others.append(other) } else { unkept += 1 }
    }
  }
}

extension ResourceTally.Incident.Cause {
  var rule: Diagnostic.Rule {
    switch self {
    case .invalid: .invalidRawObject
    case .unparsed: .unparsedItems
    case .selector: .selectorFailed
    }
  }

  /// What the incidents have in common that have the same cause; nil where each has its own.
  var kind: String? {
    switch self {
    case .invalid: nil
    case .unparsed(let failure): failure.kind
    case .selector(let outcome): SelectorCure.kind(outcome)
    }
  }

  /// The expression that is to blame, nil where the object is.
  var field: String? {
    switch self {
    case .invalid: nil
    case .unparsed: "itemsToParse"
    case .selector: "selector.query"
    }
  }

  /// The place of the incident with which this one is counted; nil where it is one of its own.
  fileprivate func place(in incidents: [ResourceTally.Incident]) -> Int? {
    if let kind { return incidents.firstIndex { $0.cause.kind == kind && $0.cause.rule == rule } }
    let others = incidents.indices.filter { incidents[$0].cause.rule == rule }
    return others.count < ResourceTally.Incident.limit ? nil : others.last
  }
}
