import JQ
import RawJSON

/// Finds keys that expressions read and that no object has: why a field is null for every item, and what is most
/// likely misspelt.
struct AbsentKeyCheck {
  /// How many items there must be before an absent key says something, where none of theirs is like it.
  private static let fewestItems = 2

  /// How many of the keys that are there instead are named.
  private static let shownKeys = 6

  /// How many letters a key must have before one that is like it says something.
  private static let fewestLetters = 3

  let report: ResourceReport
  let plan: ResourcePlan
  let survey: ResourceSurvey
  /// The fields of which it is said already why they give nothing.
  let explained: Set<String>
  /// Whether only keys are named that may be misspelt, as the objects are most likely others than the mapping is for.
  let namesLikelyAlone: Bool

  /// An expression, and what the documents have of what it reads.
  private struct Reader {
    var field: String
    var source: ConfigExpression
    var absences: [KeyCensus.Absence]
    /// Whether it is null for every item.
    var isEmpty: Bool

    /// Whether it takes one value in the place of another.
    var hasAlternatives: Bool {
      var found = false
      source.expression.program?.body?.visit { expression in
        switch expression.node {
        case .binary(.alternative, _, _), .conditional: found = true
        default: break
        }
      }
      return found
    }
  }

  /// One finding for an absent key, whatever the number of expressions that read it.
  func diagnostics() -> [Diagnostic] {
    var found: [Diagnostic] = []
    var places: [String: Int] = [:]
    let readers = self.readers
    let read = readers.map { $0.source.expression.reads.allKeys }
    for (number, reader) in readers.enumerated() {
      let others = read.enumerated().filter { $0.offset != number }.reduce(into: Set<String>()) {
        $0.formUnion($1.element)
      }
      var reader = reader
      reader.absences = reader.absences.map { $0.besides(others.union(read[number])) }
      for absence in reader.isEmpty ? empty(reader) : typos(reader, own: read[number], others) {
        if namesLikelyAlone, absence.likelyPath == nil { continue }
        if let place = places[absence.path] {
          found[place].count([diagnostic(reader, absence)])
        } else {
          places[absence.path] = found.count
          found.append(diagnostic(reader, absence))
        }
      }
    }
    return found
  }

  private var readers: [Reader] {
    let rejected = report.rejectedFields
    var readers: [Reader] = []
    if let items = plan.items {
      let source = items.config.expression
      readers.append(
        Reader(
          field: "itemsToParse", source: source,
          absences: survey.objects.absences(of: source.expression.reads), isEmpty: false))
    }
    if survey.itemCount > 0 {
      let source = plan.config.selector.query
      readers.append(
        Reader(
          field: "selector.query", source: source,
          absences: survey.items.absences(of: source.expression.reads), isEmpty: false))
    }
    if survey.passedCount > 0 {
      let empty = Set(report.fields.filter { $0.nulls == report.passed }.map(\.field))
      readers += plan.item.fields.map { field in
        Reader(
          field: field.path, source: field.source,
          absences: survey.passed.absences(of: field.source.expression.reads),
          isEmpty: empty.contains(field.path))
      }
    }
    return readers.filter { !explained.contains($0.field) && !rejected.contains($0.field) }
  }

  /// The key because of which a field is null; nil where the expression foresees that it is not there.
  private func empty(_ reader: Reader) -> [KeyCensus.Absence] {
    if let near = reader.absences.first(where: { $0.nearest != nil }) { return [near] }
    guard survey.passedCount >= Self.fewestItems else { return [] }
    let foreseen = ForeseenAbsences(reader.source.expression.program?.body)
    if reader.absences.contains(where: { foreseen.decides($0.steps) }) { return [] }
    let rest = reader.absences.filter { !foreseen.covers($0.steps) }
    return [rest.first { foreseen.asks($0.steps) } ?? rest.first].compactMap(\.self)
  }

  /// Keys that may be misspelt. A key that is read as well as the one that it is like, as an alternative to it or as
  /// its plural, is meant as it is.
  private func typos(_ reader: Reader, own: Set<String>, _ others: Set<String>) -> [KeyCensus.Absence] {
    reader.absences.filter { absence in
      if absence.variable != nil { return true }
      guard let nearest = absence.nearest, absence.key.count >= Self.fewestLetters else { return false }
      let isPlural = Self.isOtherNumber(absence.key, nearest)
      if isPlural, absence.key.count == Self.fewestLetters { return false }
      if own.contains(nearest) { return !isPlural && !reader.hasAlternatives }
      return !others.contains(nearest) || !isPlural
    }
  }

  /// Whether two words differ as `assignee` and `assignees` do.
  private static func isOtherNumber(_ first: String, _ second: String) -> Bool {
    first + "s" == second || second + "s" == first
  }

  private func diagnostic(_ reader: Reader, _ absence: KeyCensus.Absence) -> Diagnostic {
    let isOne = absence.objects == 1
    let place = isOne ? "is not in the one object there" : "is in none of \(absence.objects.grouped) objects"
    let have = isOne ? "it has" : "they have"
    let head = "`\(reader.field)` of kind `\(report.kind)`"
    let nearest = absence.nearestPath
    return reader.source.finding(
      .warning, .absentKey,
      (reader.isEmpty
        ? "\(head) is null for every item: `\(absence.path)` \(place)"
        : "\(head) reads `\(absence.path)`, which \(place)") + (nearest.map { "; \(have) `\($0)`" } ?? ""),
      help: absence.variable.map {
        "for the environment's variable write `env.\($0)`, without the dot before it"
      }
        ?? likely(reader, absence)
        ?? "\(Self.known(absence)); fix the path, or add a fixture that has the key",
      in: reader.source.expression.program?.body?.range(ofPath: absence.likely?.replaced ?? absence.steps),
      field: reader.field)
  }

  /// What is most likely meant.
  private func likely(_ reader: Reader, _ absence: KeyCensus.Absence) -> String? {
    guard let path = absence.likelyPath else {
      return (pathInItem(absence) ?? pathOfItem(reader, absence)).map {
        "write `\($0)`, if that is what is meant"
      }
    }
    // Where an object is there and nothing of it is read, a key of it is meant.
    guard absence.below.isEmpty, let value = absence.nearestValue, value.kind == .object else {
      return "write `\(path)`, if that is what is meant"
    }
    let texts =
      value.members?.filter { $0.value.kind == .string || $0.value.kind == .number }.map(\.key) ?? []
    guard let key = LikelyKey.text(among: texts) else {
      return "write a key of `\(path)`, which is an object"
    }
    return "write `\(path)\(KeyStep.text(key))`, or another key of the object `\(path)`"
  }

  /// The path to the key in the item that `itemsToParse` puts into the object, where it is there.
  private func pathInItem(_ absence: KeyCensus.Absence) -> String? {
    guard let name = plan.items?.name, absence.steps.count == 1, let item = survey.firstPassed,
      JSONView(valid: item)[name]?[absence.key] != nil
    else { return nil }
    return JSONPath([.key(name), .key(absence.key)]).description
  }

  /// The path in the item for one that leads through the list of `itemsToParse`, which has been taken apart:
  /// `.item.name` for `.items[0].name`.
  private func pathOfItem(_ reader: Reader, _ absence: KeyCensus.Absence) -> String? {
    guard let items = plan.items, let list = items.config.expression.expression.program?.body?.core else {
      return nil
    }
    var path = list.readSteps
    if case .binary(.alternative, let first, _) = list.node { path = first.readSteps }
    guard path == absence.steps else { return nil }
    if reader.source.expression.program?.body?.core.readSteps == path {
      return JSONPath([.key(items.name)]).description
    }
    var found: [String] = []
    reader.source.expression.program?.body?.visit { expression in
      guard let steps = expression.readSteps, steps.starts(with: absence.steps),
        steps.dropFirst(absence.steps.count).first == .some(nil)
      else { return }
      let rest = steps.dropFirst(absence.steps.count + 1)
      if found.count < rest.count + 1 { found = [items.name] + rest.compactMap { $0 } }
    }
    return found.isEmpty ? nil : JSONPath(found.map { .key($0) }).description
  }

  /// What is there instead: ``they have `id`, `fields` ``
  static func known(_ absence: KeyCensus.Absence) -> String {
    // Another number makes another key.
    let known = absence.keys.filter { !Spelling.isNumbered(absence.key, as: $0) }
    let keys = known.prefix(shownKeys).map { "`\($0)`" } + (known.count > shownKeys ? ["…"] : [])
    if keys.isEmpty { return "nothing is there" }
    return "\(absence.objects == 1 ? "it has" : "they have") \(keys.joined(separator: ", "))"
  }
}

extension ReadTree {
  /// Every key that is read, wherever it is.
  fileprivate var allKeys: Set<String> {
    guard case .part(let keys, let each) = self else { return [] }
    return keys.reduce(into: each?.allKeys ?? []) { found, member in
      found.insert(member.key)
      found.formUnion(member.value.allKeys)
    }
  }
}

extension Diagnostic.Rule {
  /// A key that an expression reads and that no object has.
  public static let absentKey = Self("absent-key")
}
