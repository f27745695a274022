import Portolan
import RawJSON

/// What can be written at a place.
struct Completion {
  private struct Item {
    let label: String
    let detail: String
    let inserted: String
    /// The protocol's number for its kind: 3 is a function, 10 a property, 12 a value.
    let kind: Int
  }

  private let place: EditedPlace

  init(_ place: EditedPlace) {
    self.place = place
  }

  /// The items, as an array.
  var json: [UInt8] {
    var writer = JSONWriter()
    writer.array { list in
      for item in items {
        list.object {
          $0.add("label", text: item.label)
          $0.add("kind", item.kind)
          $0.add("detail", text: item.detail)
          $0.add("insertText", text: item.inserted)
        }
      }
    }
    return writer.bytes
  }

  private var items: [Item] {
    guard place.file.hasKnownKeys else { return [] }
    let isInText = JQPosition.isAfterPipe(place.before)
    guard place.before.contains(":") || isInText else { return names }
    if let path = FixturePaths.path(endOf: place.before) { return paths(path) }
    let found = isInText ? [] : values
    return found.isEmpty && JQPosition.isFunction(place, isAfterPipe: isInText) ? Self.functions : found
  }

  private static let functions = KnownFunction.all.map { function in
    let facts = [
      function.gives.map { "gives \($0.rawValue)" }, function.since.map { "in jq since \($0)" },
    ]
    return Item(
      label: function.call, detail: (["jq"] + facts.compactMap { $0 }).joined(separator: ", "),
      inserted: function.name + (function.arity == 0 ? "" : "("), kind: 3)
  }

  /// The keys that the fixtures have at a path.
  private func paths(_ path: [String]) -> [Item] {
    guard let kind = place.context.kind, let folder = place.file.integration?.fixturesPath else { return [] }
    return FixturePaths(FixtureFolder(folder), kind: kind).keys(below: path).map { key, example in
      let json = example.json
      let isPlain =
        key.first?.isNumber == false
        && key.unicodeScalars.allSatisfy {
          $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0))
        }
      return Item(
        label: key, detail: "\(example.kind.rawValue): \(json.count > 60 ? json.prefix(59) + "…" : json)",
        inserted: isPlain ? key : "\"\(key)\"", kind: 10)
    }
  }

  private var names: [Item] {
    let context = place.context
    let known = place.keys.keys(at: context.path, siblings: context.siblings).map { key in
      Item(
        label: key.name, detail: key.description, inserted: key.name + (key.isNested ? ":" : ": "), kind: 10)
    }
    return (known + settings + fields).filter { !context.siblings.contains($0.label) }
  }

  /// What the selector of the kind takes.
  private var settings: [Item] {
    guard place.context.path.last == "selector" else { return [] }
    return (place.fetcherKind?.settings ?? []).map {
      Item(
        label: $0.name, detail: $0.description ?? "a setting of the kind", inserted: $0.name + ": ", kind: 10)
    }
  }

  /// The blueprint's properties or relations.
  private var fields: [Item] {
    guard let name = place.context.blueprint, let blueprint = place.blueprints?[name] else { return [] }
    switch place.context.path.last {
    case "properties":
      return blueprint.properties.map { name, property in
        Item(label: name, detail: property.type?.rawValue ?? "any value", inserted: name + ": ", kind: 10)
      }
    case "relations":
      return blueprint.relations.map { name, relation in
        Item(label: name, detail: "→ \(relation.target)", inserted: name + ": ", kind: 10)
      }
    default: return []
    }
  }

  private var values: [Item] {
    let context = place.context
    switch place.key {
    case "kind":
      let spec = place.file.integration?.specPath.flatMap { try? IntegrationSpec.load(contentsOf: $0) }
      return (spec?.kinds ?? []).map { Item(label: $0, detail: "a kind of spec.yml", inserted: $0, kind: 12) }
    case "blueprint":
      return (place.blueprints?.all ?? []).map {
        Item(
          label: $0.identifier, detail: $0.title ?? "a blueprint", inserted: "'\"\($0.identifier)\"'",
          kind: 12)
      }
    default: break
    }
    if context.path.last == "properties", let name = context.blueprint, let key = place.key {
      let allowed = place.blueprints?[name]?.property(key)?.enumValues ?? []
      return allowed.map { Item(label: $0, detail: "a value of \(key)", inserted: "'\($0)'", kind: 12) }
    }
    let row = place.keys.keys(at: context.path, siblings: context.siblings).first { $0.name == place.key }
    return (row?.values ?? []).map {
      Item(
        label: $0, detail: row?.description ?? "", inserted: $0.hasPrefix("\"") ? "'\($0)'" : $0, kind: 12)
    }
  }
}
