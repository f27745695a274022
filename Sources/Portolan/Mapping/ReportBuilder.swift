import JQ
import RawJSON

/// Puts the tallies of a resource's pages together, in the order of the pages.
struct ReportBuilder {
  private let config: ResourceConfig
  private var counted: ResourceReport
  private var fields: [FieldReport]
  /// Where the diagnostics of each rule are in the report.
  private var kept: [Diagnostic.Rule: [Int]] = [:]
  /// Where the diagnostic of each cause is in the report that many objects can share.
  private var placeByKind: [String: Int] = [:]
  /// The file that is no JSON at all, and where in the report the diagnostic is that says so.
  private var foreign: (file: String?, place: Int)?
  /// The fields whose expressions do not compile. That is said once, not for each object.
  private let rejected: Set<String>
  /// The fields without which there is no entity: an identifier and a blueprint for each mapping.
  private var missing: [MissingField]

  /// A report without objects; `rejections` are the expressions of the resource that do not compile, and `isSaid` tells
  /// of which the config's own diagnostics say it.
  init(_ plan: ResourcePlan, rejections: [Rejection], isSaid: (Diagnostic) -> Bool) {
    config = plan.config
    counted = ResourceReport(kind: plan.config.kind, index: plan.config.index)
    fields = plan.item.fields.map {
      FieldReport(field: $0.path, expression: $0.source.text, location: $0.source.location)
    }
    missing = ReportBuilder.requiredFields(of: plan)
    rejected = Set(rejections.map(\.field))
    counted.compiles = rejections.isEmpty
    counted.rejectedFields = rejected
    counted.diagnostics = rejections.map {
      Diagnostic($0.source, $0.error, field: $0.field, kind: plan.config.kind)
    }.filter { !isSaid($0) }
  }

  /// The report so far.
  var report: ResourceReport {
    var report = counted
    report.fields = fields.filter { $0.nulls > 0 || $0.errors > 0 }
    report.missing = missing.filter { $0.count > 0 }
    return report
  }

  /// The identifier and the blueprint of each mapping, in the order of ``ResourceTally/missing``.
  private static func requiredFields(of plan: ResourcePlan) -> [MissingField] {
    plan.item.entities.flatMap { template in
      // A search query is an identifier whatever it finds: its place is the blueprint's, and never counts.
      [template.identifier ?? template.blueprint, template.blueprint].map { place in
        let (field, source) = plan.expression(at: place)
        return MissingField(field: field, expression: source.text, location: source.location)
      }
    }
  }

  /// Records that the source ended before its end, and why.
  mutating func fail(_ diagnostics: [Diagnostic]) {
    counted.isComplete = false
    counted.diagnostics += diagnostics
  }

  /// Adds what became of the next page.
  mutating func add(_ tally: ResourceTally, of page: RawPage) {
    for incident in tally.incidents { add(incident, of: page) }
    keep(tally, of: page)
    for (place, count) in tally.missing.enumerated() { missing[place].count += count }
    counted.raw += tally.raw
    counted.rawBytes += tally.rawBytes
    counted.unparsed += tally.unparsed
    counted.withoutItems += tally.withoutItems
    counted.mapped += tally.mapped
    counted.filtered += tally.filtered
    counted.skipped += tally.skipped
    counted.failed += tally.failed
    counted.passed += tally.passed
    counted.ended.formUnion(tally.ended)
    for (number, field) in tally.fields.enumerated() {
      fields[number].nulls += field.nulls
      fields[number].errors += field.errors
      if field.isEnded { counted.ended.insert(fields[number].field) }
      guard fields[number].message == nil, let message = field.message else { continue }
      fields[number].message = message
      if let object = field.object { keep(failing: object, in: page) }
    }
  }

  /// Keeps the first objects of which no entity was made.
  private mutating func keep(_ tally: ResourceTally, of page: RawPage) {
    for loss in tally.losses.prefix(ResourceTally.Incident.limit - counted.unmapped.count) {
      counted.unmapped.append(
        UnmappedObject(
          loss, of: tally, resource: counted.index, in: page, at: page.location(of: loss.object.offset)))
    }
  }

  /// Keeps an object on which a field failed first.
  private mutating func keep(failing object: ObjectPosition, in page: RawPage) {
    let json = page.object(at: object.offset)
    guard !counted.failing.contains(where: { $0.json == json }) else { return }
    counted.failing.append(RawObject(json: json, origin: page.location(of: object.offset)))
  }

  private mutating func add(_ incident: ResourceTally.Incident, of page: RawPage) {
    let rule = incident.cause.rule
    if let field = incident.cause.field, rejected.contains(field) { return }
    if let kind = incident.cause.kind, let place = placeByKind["\(rule) \(kind)"] {
      counted.diagnostics[place].count(alike(incident, of: page), and: incident.unkept)
      return
    }
    if case .invalid = incident.cause, let foreign, foreign.file == page.location?.file {
      counted.diagnostics[foreign.place].count(alike(incident, of: page), and: incident.unkept)
      return
    }
    let places = kept[rule, default: []]
    if let last = places.last, places.count >= ResourceTally.Incident.limit {
      counted.diagnostics[last].count(alike(incident, of: page), and: incident.unkept)
    } else {
      if let kind = incident.cause.kind { placeByKind["\(rule) \(kind)"] = counted.diagnostics.count }
      kept[rule, default: []].append(counted.diagnostics.count)
      var shown = diagnostic(incident, of: page)
      shown.count(alike(incident, of: page).dropFirst(), and: incident.unkept)
      if let format = foreignFormat(incident, of: page) {
        shown.message = "raw object of kind `\(counted.kind)`: this looks like \(format.name), not like JSON"
        shown.help = format.help
        foreign = (page.location?.file, counted.diagnostics.count)
      }
      counted.diagnostics.append(shown)
    }
  }

  /// What an incident says of its object, and of the later ones that are like it.
  private func alike(_ incident: ResourceTally.Incident, of page: RawPage) -> [Diagnostic] {
    ([incident] + incident.others.map { ResourceTally.Incident(cause: $0.cause, object: $0.object) })
      .map { diagnostic($0, of: page) }
  }

  /// What a text looks like that is no JSON from its beginning.
  private func foreignFormat(_ incident: ResourceTally.Incident, of page: RawPage) -> ForeignFormat? {
    guard case .invalid = incident.cause, page.location.map({ $0.line == 1 }) ?? true,
      page.bytes.prefix(incident.object.offset).allSatisfy({ $0 <= UInt8(ascii: " ") })
    else { return nil }
    return ForeignFormat(page.bytes)
  }

  private func diagnostic(_ incident: ResourceTally.Incident, of page: RawPage) -> Diagnostic {
    let number = counted.raw + incident.object.number
    let place = page.location(of: incident.object.offset)
    let object = place.map { " (object at \($0))" } ?? " (object \(number))"
    switch incident.cause {
    case .invalid(let error):
      let location = page.location(of: incident.object.offset + error.offset)
      if error.reason == .noList, let missing = MissingList(page, kind: counted.kind) {
        return missing.diagnostic(at: location)
      }
      return Diagnostic(
        error, in: .rawObject(kind: counted.kind, number: location == nil ? number : nil), at: location)
    case .unparsed(let failure):
      let message = "itemsToParse of kind `\(counted.kind)` \(failure)" + object
      guard let expression = config.itemsToParse?.expression else {
        return Diagnostic(.warning, .unparsedItems, message, field: "itemsToParse")
      }
      return expression.finding(
        .warning, .unparsedItems, message, help: failure.help(for: expression), field: "itemsToParse")
    case .selector(let outcome):
      let query = config.selector.query
      return query.finding(
        .error, .selectorFailed,
        "the selector of kind `\(counted.kind)` \(SelectorFailure.outcome(outcome))" + object,
        help: SelectorCure.help(query, outcome),
        field: "selector.query")
    }
  }
}
