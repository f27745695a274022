import JQ
import RawJSON

extension ResourceReport {
  /// What says that all of something was lost: that no object became an entity, and why; that objects look like pages
  /// of objects; that a field failed on all of them. None of it is in ``diagnostics``.
  ///
  /// A selector that kept no object, and a list of items that was empty on all, are warnings: a part of a stream may
  /// rightly be so.
  public var losses: [Diagnostic] {
    if let page = uncutPage { return [page] }
    return (wasSkipped ? missing.map(skipped) : []) + (unparsed == raw && raw > 0 ? [unparsedAll] : [])
      + (items > 0 && filtered == items ? [filteredAll] : [])
      + (withoutItems > 0 && withoutItems == raw ? [emptyOnAll] : [])
      + fields.filter { $0.errors == passed && passed > 0 && compiles }.map(failed)
  }

  /// Whether every item that passed the selector was skipped.
  private var wasSkipped: Bool { mapped == 0 && skipped > 0 }

  /// The first objects, where each is a page with the list of objects in it, and none became an entity.
  private var uncutPage: Diagnostic? {
    guard mapped == 0, let first = unmapped.first, let path = first.list(ofKind: kind),
      unmapped.allSatisfy({ $0.list(ofKind: kind) == path })
    else { return nil }
    let text = JSONPath(path.map { .key($0) }).description
    let what =
      raw == 1 ? "the one object of kind `\(kind)` looks" : "the \(raw) objects of kind `\(kind)` look"
    return Diagnostic(
      .error, .pageNotCut,
      "\(what) like what an API answers, with the list of objects in `\(text)`; none became an entity",
      remedy: .cutPages(at: text), at: first.location)
  }

  private func skipped(_ field: MissingField) -> Diagnostic {
    let absence = hasItems ? nil : absence(field.expression)
    let expression = field.expression.shortened(to: 60)
    return Diagnostic(
      .error, .noEntity,
      "no object of kind `\(kind)` became an entity: `\(field.field)` (`\(expression)`) is null or empty "
        + "on \(field.count) of \(passed)",
      help: absence?.nearest.map { "write `\($0)`, if that is what is meant: the objects have it" }
        ?? absence.map { "`\($0.path)` is not in the objects; \(Self.listing($0.keys))" }
        ?? "make it give a text for every object that is to be an entity",
      at: field.location, field: field.field)
  }

  private var unparsedAll: Diagnostic {
    Diagnostic(
      .error, .noEntity,
      "no object of kind `\(kind)` became an entity: "
        + "\(unmapped.first { $0.status == .unparsed }?.reason ?? "itemsToParse gives no list"), on all of \(raw)",
      help: unmapped.first.map { Self.listing($0.keys) }.map { "name a list that the objects have; \($0)" },
      at: itemsLocation, field: "itemsToParse")
  }

  private var filteredAll: Diagnostic {
    Diagnostic(
      .warning, .noEntity,
      "the selector of kind `\(kind)` kept none of \(raw) \(raw == 1 ? "object" : "objects")",
      at: selectorLocation, field: "selector.query")
  }

  private var emptyOnAll: Diagnostic {
    Diagnostic(
      .warning, .noEntity,
      "no object of kind `\(kind)` has an item: the list of `itemsToParse` is empty on all of \(raw)",
      at: itemsLocation, field: "itemsToParse")
  }

  private func failed(_ field: FieldReport) -> Diagnostic {
    Diagnostic(
      .error, .fieldFailed,
      "`\(field.field)` of kind `\(kind)` failed on all of \(passed): \((field.message ?? "").shortened(to: 100))",
      at: field.location, field: field.field)
  }

  /// The key that the expression reads and that none of the first objects has.
  private func absence(_ expression: String) -> KeyCensus.Absence? {
    guard let reads = JQExpression(expression).program?.reads else { return nil }
    var census = KeyCensus(reads)
    for object in unmapped where object.status == .skipped { census.count(JSONView(valid: object.object)) }
    let absences = census.absences()
    return absences.first { $0.nearest != nil } ?? absences.first
  }

  /// `they have `id`, `name``: the first few.
  private static func listing(_ keys: [String]) -> String {
    let shown = keys.prefix(6).map { "`\(JSONPath([.key($0)]))`" } + (keys.count > 6 ? ["…"] : [])
    return shown.isEmpty ? "they are empty" : "they have \(shown.joined(separator: ", "))"
  }
}

extension UnmappedObject {
  /// The object's keys, none where it is no object.
  fileprivate var keys: [String] {
    status == .invalid ? [] : JSONView(valid: object).members?.map(\.key) ?? []
  }

  /// The keys that lead to the list of objects, where the object is a page with one.
  fileprivate func list(ofKind kind: String) -> [String]? {
    guard status != .invalid else { return nil }
    let name = AnswerList.letters(kind)
    return AnswerList.path(in: JSONView(valid: object), names: [name, name + "s"])
  }
}

extension Diagnostic.Rule {
  /// A resource of which no object became an entity.
  public static let noEntity = Self("no-entity")
  /// Objects that are pages, each with the list of objects in it.
  public static let pageNotCut = Self("page-not-cut")
  /// A field that failed on every item.
  public static let fieldFailed = Self("field-failed")
}
