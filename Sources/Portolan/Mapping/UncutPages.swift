import JQ
import RawJSON

/// Recognizes raw objects that are pages: what an API answers, with the list of objects in it.
struct UncutPages {
  /// Pages that were found.
  struct Found {
    /// Says that they are pages, and where the list is.
    var diagnostic: Diagnostic
    /// The path to the list, as jq writes it.
    let path: String
  }

  /// What became of the objects.
  let report: ResourceReport
  let resource: ResourceConfig

  /// What there is to say; nil where an entity came of an object, and where the first ones are no pages or the mapping
  /// takes them for what they are.
  var found: Found? {
    guard report.mapped == 0, let first = report.unmapped.first, let keys = list(in: first),
      report.unmapped.allSatisfy({ list(in: $0) == keys })
    else { return nil }
    let path = JSONPath(keys.map { .key($0) }).description
    let kind = report.kind
    let what =
      report.raw == 1
      ? "the one object of kind `\(kind)` looks" : "the \(report.raw.grouped) objects of kind `\(kind)` look"
    return Found(
      diagnostic: Diagnostic(
        .error, .pageNotCut,
        "\(what) like what an API answers, with the list of objects in `\(path)`; none became an entity",
        at: first.location),
      path: path)
  }

  /// The keys that lead to the list of objects, where the object is a page with one.
  private func list(in object: UnmappedObject) -> [String]? {
    guard object.status != .invalid else { return nil }
    let view = JSONView(valid: object.object)
    let name = AnswerList.letters(report.kind)
    guard lacks(view), let keys = AnswerList.path(in: view, names: [name, name + "s"]) ?? listOfKind(view),
      !readers.contains(where: { $0.reads(keys[...]) })
    else { return nil }
    return keys
  }

  /// A list whose objects have all that the mapping names entities by.
  private func listOfKind(_ object: JSONView) -> [String]? {
    guard asked.contains(where: \.namesKeys) else { return nil }
    return object.members?.first { member in
      member.value.elements?.first.map { $0.kind == .object && !lacks($0) } ?? false
    }.map { [$0.key] }
  }

  /// Whether the object is without what the mapping names entities by.
  private func lacks(_ object: JSONView) -> Bool {
    let known = asked.filter(\.namesKeys)
    return known.isEmpty
      || known.contains { tree in
        var census = KeyCensus([tree])
        census.count(object)
        return !census.absences(of: tree).isEmpty
      }
  }

  /// What is read of every object: the list of items, or else the identifiers, or else what the selector asks for.
  private var asked: [ReadTree] {
    if let items = resource.itemsToParse { return [items.expression.expression.reads] }
    let named = identifiers.filter(\.namesKeys)
    return named.isEmpty ? [resource.selector.query.expression.reads] : named
  }

  /// What is read to find items, to choose among them, and to name them.
  private var readers: [ReadTree] {
    (resource.itemsToParse.map { [$0.expression.expression.reads] } ?? [])
      + [resource.selector.query.expression.reads] + identifiers
  }

  private var identifiers: [ReadTree] {
    resource.mappings.compactMap { mapping in
      if case .expression(let identifier) = mapping.identifier { identifier.expression.reads } else { nil }
    }
  }
}

extension ReadTree {
  /// Whether single keys are read.
  fileprivate var namesKeys: Bool {
    if case .part(let keys, _) = self { !keys.isEmpty } else { false }
  }

  /// Whether the value that `keys` lead to is read, and not merely as a part of the whole.
  fileprivate func reads(_ keys: ArraySlice<String>) -> Bool {
    guard let key = keys.first else { return true }
    guard case .part(let members, _) = self else { return false }
    return members[key]?.reads(keys.dropFirst()) ?? false
  }
}

extension Diagnostic.Rule {
  /// Objects that are pages, each with the list of objects in it.
  public static let pageNotCut = Self("page-not-cut")
}
