/// Why a resource makes no entity of one or more raw objects.
package enum ResourceLoss: Sendable, Hashable {
  /// `itemsToParse` is no list of any of them.
  case unparsed
  /// The lists that `itemsToParse` gives are all empty.
  case noItems
  /// The selector kept no item.
  case filtered
  /// No item that it kept has an identifier and a blueprint.
  case skipped

  /// How bad that is: a part of a stream may rightly have nothing that the selector keeps.
  package var severity: Diagnostic.Severity {
    switch self {
    case .unparsed, .skipped: .error
    case .noItems, .filtered: .warning
    }
  }
}

extension ResourceReport {
  /// Why there is no entity although there are raw objects; nil where there are entities or no objects, and where
  /// errors of single objects or of expressions that do not compile say it.
  package var loss: ResourceLoss? {
    guard raw > 0, mapped == 0, failed == 0 else { return nil }
    let loss: ResourceLoss? =
      skipped > 0 ? .skipped : filtered > 0 ? .filtered : unparsed > 0 ? .unparsed : .noItems
    return loss
  }

  /// What there is to say of a total loss without another look at the objects; nil where there is none.
  package func lossFinding(_ resource: ResourceConfig) -> Diagnostic? {
    loss.flatMap { LossWording(report: self, resource: resource, loss: $0).diagnostic() }
  }
}

/// The words for a total loss: what the counts tell, and what a look at the objects adds.
struct LossWording {
  let report: ResourceReport
  let resource: ResourceConfig
  let loss: ResourceLoss

  /// What a look at the objects shows.
  struct Evidence {
    /// What is said of the cause, as the rest of a sentence.
    var cause: String?
    /// What to do.
    var help: String?
    /// The part of the expression that it is about.
    var range: Range<Int>?
  }

  /// The expression that is to blame, and its place in the resource; nil where it does not compile, which is said.
  var blamed: (field: String, source: ConfigExpression)? {
    let found: (String, ConfigExpression)?
    switch loss {
    case .unparsed, .noItems: found = resource.itemsToParse.map { ("itemsToParse", $0.expression) }
    case .filtered: found = ("selector.query", resource.selector.query)
    case .skipped: found = blank
    }
    guard let found, !report.rejects(found.0) else { return nil }
    return found
  }

  /// The identifier or blueprint that is missing; the identifier where both are there at times.
  private var blank: (String, ConfigExpression)? {
    let prefix = resource.hasMappingList ? "mappings[0]." : ""
    guard let mapping = resource.mappings.first else { return nil }
    let isIdentified = nulls(prefix + "identifier") == 0
    let isBlueprintNull = nulls(prefix + "blueprint") == report.passed
    if case .expression(let identifier) = mapping.identifier, !(isIdentified && isBlueprintNull) {
      return (prefix + "identifier", identifier)
    }
    return (prefix + "blueprint", mapping.blueprint)
  }

  private func nulls(_ field: String) -> Int { report.fields.first { $0.field == field }?.nulls ?? 0 }

  /// The finding, nil where it is said already that the expression does not compile.
  func diagnostic(_ evidence: Evidence = Evidence()) -> Diagnostic? {
    guard let (field, source) = blamed else { return nil }
    return source.finding(
      loss.severity, .noEntities,
      "kind `\(report.kind)` makes no entity of \(report.raw.counted("object")): "
        + (evidence.cause ?? cause(field, source)),
      help: evidence.help ?? help(source), in: evidence.range, field: field)
  }

  private func cause(_ field: String, _ source: ConfigExpression) -> String {
    let shown = source.text.trimmed.shortened(to: 60)
    switch loss {
    case .unparsed: return "itemsToParse `\(shown)` is no list of any of them"
    case .noItems: return "the list of itemsToParse `\(shown)` is empty on all of them"
    case .filtered: return "the selector kept none of \(report.filtered.counted("item"))"
    case .skipped:
      let counts = report.fields.first { $0.field == field }
      let (nulls, errors) = (counts?.nulls ?? 0, counts?.errors ?? 0)
      if errors == report.passed {
        return "the \(field) `\(shown)` fails on \(errors.grouped) of \(report.passed.grouped)"
          + (counts?.message.map { ": \(ShownValue.text($0).shortened(to: 120))" } ?? "")
      }
      let state = nulls > 0 ? "null on \(nulls.grouped) of" : "blank on all"
      return "the \(field) `\(shown)` is \(state) \(report.passed.grouped)"
    }
  }

  private func help(_ source: ConfigExpression) -> String {
    switch loss {
    case .unparsed, .noItems: "name a list that the objects have"
    case .filtered: "change the selector, if something of it is meant to be kept"
    case .skipped: "name a key that the objects have, as `.id | tostring`"
    }
  }
}

extension ResourceReport {
  /// Whether the expression of a field does not compile.
  func rejects(_ field: String) -> Bool {
    rejectedFields.contains(field)
  }
}

extension Diagnostic.Rule {
  /// A resource that makes no entity of one or more raw objects.
  public static let noEntities = Self("no-entities")
}
