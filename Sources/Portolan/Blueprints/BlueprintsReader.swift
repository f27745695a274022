import RawJSON

/// Reads blueprints from JSON, collecting what is wrong on the way.
struct BlueprintsReader {
  private let json: [UInt8]
  private let file: String
  private var diagnostics: [Diagnostic] = []

  init(_ json: [UInt8], file: String) {
    self.json = json
    self.file = file
  }

  mutating func read() throws(DiagnosticsError) -> [Blueprint] {
    let document: JSONView
    do throws(JSONError) {
      document = try JSONView(validating: json)
    } catch {
      throw DiagnosticsError([diagnostic(error)])
    }
    var blueprints: [Blueprint] = []
    var known: Set<String> = []
    for entry in document.elements ?? [document] {
      guard let blueprint = blueprint(entry) else { continue }
      if !known.insert(blueprint.identifier).inserted {
        report(
          "the blueprint `\(blueprint.identifier)` is listed a second time", "remove one of the two", entry)
      }
      blueprints.append(blueprint)
    }
    guard diagnostics.isEmpty else { throw DiagnosticsError(diagnostics) }
    return blueprints
  }

  private func diagnostic(_ error: JSONError) -> Diagnostic {
    let location = location(ofOffset: error.offset)
    let rest = json.dropFirst(error.offset)
    guard let sign = ["//", "/*", "#"].first(where: { rest.starts(with: $0.utf8) }) else {
      return Diagnostic(error, in: .blueprints, at: location)
    }
    var end = location
    end.column += sign.utf8.count
    return Diagnostic(
      .error, .invalidBlueprints, "this is not JSON, which has no comments: `\(sign)` starts none",
      help: "remove the comment, or say it in a `description`", at: location, to: end)
  }

  private mutating func blueprint(_ json: JSONView) -> Blueprint? {
    guard isObject(json, "a blueprint") else { return nil }
    guard let identifier = json["identifier"]?.text else {
      report(
        "this blueprint has no `identifier`", #"add the name that mappings use: "identifier": "service""#,
        json["identifier"] ?? json)
      return nil
    }
    var blueprint = Blueprint(identifier: identifier, title: json["title"]?.text)
    if let schema = json["schema"] { readSchema(schema, into: &blueprint) }
    for (name, value) in members(json["relations"], of: "`relations`") {
      if let relation = relation(value, name) { blueprint.relations.append((name, relation)) }
    }
    blueprint.mirrorProperties = keys(json["mirrorProperties"], of: "`mirrorProperties`")
    blueprint.calculationProperties = keys(json["calculationProperties"], of: "`calculationProperties`")
    blueprint.aggregationProperties = keys(json["aggregationProperties"], of: "`aggregationProperties`")
    return blueprint
  }

  private mutating func readSchema(_ json: JSONView, into blueprint: inout Blueprint) {
    guard isObject(json, "`schema`") else { return }
    for (name, value) in members(json["properties"], of: "`properties`") {
      if let property = property(value) { blueprint.properties.append((name, property)) }
    }
    blueprint.required = json["required"]?.elements?.compactMap(\.text) ?? []
  }

  private mutating func property(_ json: JSONView) -> BlueprintProperty? {
    guard isObject(json, "a property") else { return nil }
    var property = BlueprintProperty(type: type(json))
    property.format = json["format"]?.text
    property.enumValues = enumValues(json)
    if let items = json["items"], isObject(items, "`items`") {
      property.itemsType = type(items)
      property.itemsFormat = items["format"]?.text
      property.itemsEnumValues = enumValues(items)
    }
    return property
  }

  /// The type, nil where it is none that is known. What is certainly another's word for one is reported.
  private mutating func type(_ json: JSONView) -> BlueprintProperty.ValueType? {
    guard let value = json["type"], let name = value.text else { return nil }
    let type = BlueprintProperty.ValueType(rawValue: name)
    if type == nil, let meant = Self.meantType(by: name) {
      diagnostics.append(
        Diagnostic(
          .error, .invalidBlueprints, "there is no type `\(name)`", help: "did you mean `\(meant)`?",
          at: location(ofOffset: value.range.lowerBound), to: location(ofOffset: value.range.upperBound)))
    }
    return type
  }

  private static func meantType(by name: String) -> String? {
    otherTypes[name.lowercased()]
      ?? Spelling.nearest(to: name, in: BlueprintProperty.ValueType.allCases.map(\.rawValue))
  }

  /// Other languages' words for the types.
  private static let otherTypes = [
    "str": "string", "text": "string", "varchar": "string", "int": "number", "integer": "number",
    "float": "number", "double": "number", "decimal": "number", "bool": "boolean", "list": "array",
    "dict": "object", "map": "object", "hash": "object",
  ]

  private func enumValues(_ json: JSONView) -> [String]? {
    json["enum"]?.elements?.map(\.json)
  }

  private mutating func relation(_ json: JSONView, _ name: String) -> BlueprintRelation? {
    guard isObject(json, "a relation") else { return nil }
    guard let target = json["target"]?.text else {
      report(
        "the relation `\(name)` has no `target`", #"name the blueprint it leads to: "target": "service""#,
        json)
      return nil
    }
    return BlueprintRelation(
      target: target, many: json["many"]?.boolean ?? false, required: json["required"]?.boolean ?? false)
  }
}

extension BlueprintsReader {
  /// Whether the value is an object; anything else is reported.
  private mutating func isObject(_ json: JSONView, _ what: String) -> Bool {
    if json.kind == .object { return true }
    report("\(what) is an object; this is \(json.kind.rawValue)", #"write it as {"name": …}"#, json)
    return false
  }

  /// An object's members; none if it is absent or null.
  private mutating func members(
    _ json: JSONView?, of what: String
  ) -> [(key: String, value: JSONView)] {
    guard let json, json.kind != .null, isObject(json, what) else { return [] }
    return json.members ?? []
  }

  private mutating func keys(_ json: JSONView?, of what: String) -> [String] {
    members(json, of: what).map(\.key)
  }

  private mutating func report(_ message: String, _ help: String, _ value: JSONView) {
    diagnostics.append(
      Diagnostic(
        .error, .invalidBlueprints, message, help: help, at: location(ofOffset: value.range.lowerBound)))
  }

  private func location(ofOffset offset: Int) -> SourceLocation {
    SourceLocation(startOf: file).advanced(to: offset, in: json)
  }
}

extension Diagnostic.Rule {
  /// A `blueprints.json` that is not JSON, or holds something that is not a blueprint.
  public static let invalidBlueprints = Self("invalid-blueprints")
}
