import RawJSON

/// Reads blueprints from JSON, collecting what is wrong on the way.
struct BlueprintsReader {
  private let scanner: JSONScanner
  private let file: String
  private var diagnostics: [Diagnostic] = []

  init(_ scanner: JSONScanner, file: String) {
    self.scanner = scanner
    self.file = file
  }

  mutating func read() throws(DiagnosticsError) -> [Blueprint] {
    let document: Range<Int>
    do throws(JSONError) {
      document = try scanner.checkDocument()
    } catch {
      throw DiagnosticsError([Diagnostic(error, in: .blueprints, at: location(ofOffset: error.offset))])
    }
    var blueprints: [Blueprint] = []
    var first: [String: Int] = [:]
    for entry in entries(document) {
      guard let blueprint = blueprint(entry) else { continue }
      if first.updateValue(entry.lowerBound, forKey: blueprint.identifier) != nil {
        report(
          "the blueprint `\(blueprint.identifier)` stands here a second time", "remove one of the two", entry)
      }
      blueprints.append(blueprint)
    }
    guard diagnostics.isEmpty else { throw DiagnosticsError(diagnostics) }
    return blueprints
  }

  private func entries(_ document: Range<Int>) -> [Range<Int>] {
    scanner.kind(document) == .array ? elements(document) : [document]
  }

  private mutating func blueprint(_ range: Range<Int>) -> Blueprint? {
    guard let members = members(range, of: "a blueprint") else { return nil }
    guard let identifier = string(members["identifier"]) else {
      report(
        "this blueprint has no `identifier`", #"add the name that mappings use: "identifier": "service""#,
        members["identifier"] ?? range)
      return nil
    }
    var blueprint = Blueprint(identifier: identifier, title: string(members["title"]))
    if let schema = members["schema"] { readSchema(schema, into: &blueprint) }
    for (name, range) in namedMembers(members["relations"], of: "`relations`") {
      if let relation = relation(range, name) { blueprint.relations.append((name, relation)) }
    }
    blueprint.mirrorProperties = names(members["mirrorProperties"], of: "`mirrorProperties`")
    blueprint.calculationProperties = names(members["calculationProperties"], of: "`calculationProperties`")
    blueprint.aggregationProperties = names(members["aggregationProperties"], of: "`aggregationProperties`")
    return blueprint
  }

  private mutating func readSchema(_ range: Range<Int>, into blueprint: inout Blueprint) {
    guard let members = members(range, of: "`schema`") else { return }
    for (name, range) in namedMembers(members["properties"], of: "`properties`") {
      if let property = property(range) { blueprint.properties.append((name, property)) }
    }
    if let required = members["required"], scanner.kind(required) == .array {
      blueprint.required = elements(required).compactMap { string($0) }
    }
  }

  private mutating func property(_ range: Range<Int>) -> BlueprintProperty? {
    guard let members = members(range, of: "a property") else { return nil }
    var property = BlueprintProperty(type: type(members["type"]))
    property.format = string(members["format"])
    property.enumValues = values(members["enum"])
    if let items = members["items"], let members = self.members(items, of: "`items`") {
      property.itemsType = type(members["type"])
      property.itemsFormat = string(members["format"])
      property.itemsEnumValues = values(members["enum"])
    }
    return property
  }

  private mutating func relation(_ range: Range<Int>, _ name: String) -> BlueprintRelation? {
    guard let members = members(range, of: "a relation") else { return nil }
    guard let target = string(members["target"]) else {
      report(
        "the relation `\(name)` has no `target`", #"name the blueprint it leads to: "target": "service""#,
        range)
      return nil
    }
    return BlueprintRelation(
      target: target, many: isTrue(members["many"]), required: isTrue(members["required"]))
  }
}

// MARK: JSON values

extension BlueprintsReader {
  private func string(_ range: Range<Int>?) -> String? {
    guard let range, scanner.kind(range) == .string else { return nil }
    return scanner.text(range)
  }

  private func type(_ range: Range<Int>?) -> BlueprintProperty.ValueType? {
    string(range).flatMap(BlueprintProperty.ValueType.init)
  }

  private func isTrue(_ range: Range<Int>?) -> Bool {
    range.map { scanner.firstByte($0) == UInt8(ascii: "t") } ?? false
  }

  private func elements(_ range: Range<Int>) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    scanner.forEachElement(range.lowerBound) { elements.append($0) }
    return elements
  }

  /// An array's elements as compact JSON; nil where there is no array.
  private func values(_ range: Range<Int>?) -> [String]? {
    guard let range, scanner.kind(range) == .array else { return nil }
    return elements(range).map { element in
      var json: [UInt8] = []
      scanner.copy(element, into: &json)
      return String(decoding: json, as: UTF8.self)
    }
  }

  /// An object's members by name; anything else is reported.
  private mutating func members(_ range: Range<Int>, of what: String) -> [String: Range<Int>]? {
    guard scanner.kind(range) == .object else {
      report(
        "\(what) is an object; this is \(scanner.kind(range).rawValue)", #"write it as {"name": …}"#, range)
      return nil
    }
    let members = scanner.lastMembers(range.lowerBound)
    return Dictionary(members.map { (scanner.text($0.key), $0.value) }) { _, last in last }
  }

  /// An object's members in the file's order; none where it is absent or null.
  private mutating func namedMembers(
    _ range: Range<Int>?, of what: String
  ) -> [(name: String, value: Range<Int>)] {
    guard let range, scanner.kind(range) != .null, members(range, of: what) != nil else { return [] }
    return scanner.lastMembers(range.lowerBound).map { (scanner.text($0.key), $0.value) }
  }

  private mutating func names(_ range: Range<Int>?, of what: String) -> [String] {
    namedMembers(range, of: what).map(\.name)
  }

  private mutating func report(_ message: String, _ help: String, _ range: Range<Int>) {
    diagnostics.append(
      Diagnostic(
        .error, .invalidBlueprints, message, help: help, at: location(ofOffset: range.lowerBound)))
  }

  private func location(ofOffset offset: Int) -> SourceLocation {
    var location = SourceLocation(startOf: file)
    location.advance(over: scanner.part(0..<min(offset, scanner.count)))
    return location
  }
}

extension Diagnostic.Rule {
  /// A `blueprints.json` that is not JSON, or holds something that is not a blueprint.
  public static let invalidBlueprints = Self("invalid-blueprints")
}
