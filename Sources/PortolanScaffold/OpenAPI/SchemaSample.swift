import Portolan
import RawJSON

/// Makes up values that a schema allows, from its examples where it has some.
struct SchemaSample {
  /// How many schemas with a name are made up inside of each other: what is deeper is not mapped.
  private static let depth = 3
  /// How many objects and lists are made up inside of each other.
  private static let mostLevels = 8
  /// How many values an object has at most: schemas that all contain each other have no end of them.
  private static let mostValues = 2_000

  let document: OpenAPIDocument
  /// What objects of other kinds are like, by the name of their schema and of their kind.
  var others: [Other] = []

  /// A kind whose objects others may refer to.
  struct Other {
    var kind: String
    var schemaName: String?
    var object: JSONView
    /// The key that its objects are known by.
    var identifier: String
  }

  /// An object of `kind`, of which `example` is used as far as the schema allows it; and what the schema says of it.
  func object(_ schema: JSONView?, kind: String, example: JSONView? = nil) -> (
    object: JSONView, notes: SchemaNotes
  ) {
    var run = Run(maker: self, kind: kind)
    var writer = JSONWriter()
    run.write(Schema(schema, in: document), example, Place(keys: [], key: kind, names: []), into: &writer)
    return (JSONView(valid: writer.bytes), run.notes)
  }

  /// Where a value goes.
  private struct Place {
    /// The keys that lead there; nil inside of a list.
    var keys: [String]?
    /// The innermost key.
    var key: String
    /// Whether objects may lack it.
    var isOptional = false
    /// The schemas around it.
    var names: [String]
    /// How many objects and lists are around it.
    var level = 0

    func member(_ key: String, of schema: Schema) -> Place {
      Place(
        keys: keys.map { $0 + [key] }, key: key, isOptional: isOptional || !schema.required.contains(key),
        names: names + [schema.name].compactMap { $0 }, level: level + 1)
    }
  }

  /// The making of one object.
  private struct Run {
    let maker: SchemaSample
    let kind: String
    var notes = SchemaNotes()
    private var count = 0
    /// Schemas that were put together already, by what refers to them.
    private var known: [String: Schema] = [:]

    init(maker: SchemaSample, kind: String) {
      self.maker = maker
      self.kind = kind
    }

    mutating func write(_ schema: Schema, _ given: JSONView?, _ place: Place, into writer: inout JSONWriter) {
      count += 1
      guard count <= SchemaSample.mostValues else { return writer.null() }
      note(schema, place)
      let example = [given, schema.example].lazy.compactMap { $0 }.first { maker.allows(schema, $0) }
      switch schema.type {
      case "object": writeObject(schema, example, place, into: &writer)
      case "array": writeArray(schema, example, place, into: &writer)
      default:
        if let known = maker.reference(place.key, kind: kind, of: schema, isTop: place.keys?.count == 1) {
          writer.value(known)
        } else if let example {
          writer.value(example)
        } else {
          writeScalar(schema, place, into: &writer)
        }
      }
    }

    private mutating func schemaOf(_ value: JSONView?) -> Schema {
      guard let reference = value?["$ref"]?.text, value?.members?.count == 1 else {
        return Schema(value, in: maker.document)
      }
      if let schema = known[reference] { return schema }
      let schema = Schema(value, in: maker.document)
      known[reference] = schema
      return schema
    }

    private mutating func note(_ schema: Schema, _ place: Place) {
      guard let keys = place.keys, !keys.isEmpty else { return }
      notes[keys] = SchemaNotes.Note(
        description: schema.description.flatMap(Self.sentence), values: schema.values,
        isDictionary: schema.isDictionary, isOptional: place.isOptional || schema.isNullable)
    }

    /// The first sentence, where it is short enough to be read.
    private static func sentence(_ text: String) -> String? {
      let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
      let sentence = line.firstRange(of: ". ").map { String(line[..<$0.lowerBound]) } ?? line
      return sentence.isEmpty || sentence.count > 200 ? nil : sentence
    }

    private mutating func writeObject(
      _ schema: Schema, _ example: JSONView?, _ place: Place, into writer: inout JSONWriter
    ) {
      let isRepeated = schema.name.map { place.names.contains($0) } ?? false
      guard place.names.count < SchemaSample.depth, place.level < SchemaSample.mostLevels, !isRepeated
      else {
        return writer.null()
      }
      let other = maker.other(schema, kind: kind, isTop: place.keys?.isEmpty ?? false)
      var members: [(String, JSONView)] = []
      for (key, property) in schema.properties {
        let member = schemaOf(property)
        if member.isWriteOnly { continue }
        var inner = JSONWriter()
        write(member, other?[key] ?? example?[key], place.member(key, of: schema), into: &inner)
        members.append((key, JSONView(valid: inner.bytes)))
      }
      writer.object { writer in
        for (key, value) in members {
          writer.key(key)
          writer.value(value)
        }
      }
    }

    private mutating func writeArray(
      _ schema: Schema, _ example: JSONView?, _ place: Place, into writer: inout JSONWriter
    ) {
      let items = schemaOf(schema.items)
      let examples = example?.elements?.prefix(3).map { Optional($0) } ?? [nil]
      let isRepeated = items.name.map { place.names.contains($0) } ?? false
      var elements: [[UInt8]] = []
      if items.type != nil, !isRepeated, place.level < SchemaSample.mostLevels {
        for given in examples {
          var inner = JSONWriter()
          let element = Place(
            keys: nil, key: place.key, names: place.names + [schema.name].compactMap { $0 },
            level: place.level + 1)
          write(items, given, element, into: &inner)
          elements.append(inner.bytes)
        }
      }
      writer.array { writer in
        for element in elements { writer.json(element) }
      }
    }

    private func writeScalar(_ schema: Schema, _ place: Place, into writer: inout JSONWriter) {
      let words = Words(of: place.key)
      let isIdentity = ["id", "key", "uid", "uuid", "guid", "slug"].contains(words.all.last)
      let number = Checksum.of(kind + (place.keys ?? ["", place.key]).joined(separator: "."))
      switch schema.type {
      case "integer", "number":
        let wanted = isIdentity ? 10_000_000 + number % 89_999_999 : 1
        writer.number(min(max(wanted, schema.minimum ?? wanted), schema.maximum ?? .max))
      case "boolean": writer.boolean(true)
      default:
        if let value = schema.values.first { return writer.text(value) }
        writer.text(text(schema.format, words, isIdentity: isIdentity, number))
      }
    }

    private func text(_ format: String?, _ words: Words, isIdentity: Bool, _ number: Int) -> String {
      switch format {
      case "date-time": return "2026-01-15T09:30:00Z"
      case "date": return "2026-01-15"
      case "uri", "url", "uri-reference", "iri":
        return "https://example.com/" + words.all.joined(separator: "-")
      case "email": return "ada@example.com"
      case "ipv4": return "192.0.2.1"
      case "ipv6": return "2001:db8::1"
      case "uuid": return "00000000-0000-4000-8000-0000" + String(10_000_000 + number % 89_999_999)
      default: break
      }
      if words.all.last == "email" { return "ada@example.com" }
      if words.all.last == "url" { return "https://example.com/" + words.all.joined(separator: "-") }
      let noun = Words(of: kind).all.joined(separator: "-")
      if isIdentity { return noun + "-" + String(10_000 + number % 89_999) }
      return ["name", "title"].contains(words.all.last)
        ? "Example " + Words(of: kind).phrase : "Example " + words.phrase
    }
  }

  // MARK: What is allowed

  /// Whether `example` is what the schema asks for.
  private func allows(_ schema: Schema, _ example: JSONView) -> Bool {
    switch schema.type {
    case "object": return example.kind == .object
    case "array": return example.kind == .array
    case "integer": return example.number.map { Int($0) != nil } ?? false
    case "number": return example.kind == .number
    case "boolean": return example.kind == .boolean
    case "string":
      guard let text = example.text, !text.isEmpty else { return false }
      if !schema.values.isEmpty { return schema.values.contains(text) }
      switch schema.format {
      case "date-time": return ValueFormat.dateTime.matches(text)
      case "uri", "url": return ValueFormat.url.matches(text)
      case "email": return ValueFormat.email.matches(text)
      default: return true
      }
    default: return example.kind != .object && example.kind != .array && example.kind != .null
    }
  }

  // MARK: Other kinds

  /// The object of another kind that an object of this schema is, or refers to.
  private func other(_ schema: Schema, kind: String, isTop: Bool) -> JSONView? {
    guard !isTop, let name = schema.name else { return nil }
    return others.first { $0.schemaName == name }?.object
  }

  /// What `project_id` says, where there is a kind `project`.
  private func reference(_ key: String, kind: String, of schema: Schema, isTop: Bool) -> JSONView? {
    let words = Words(of: key).all.map(Noun.singular)
    for other in others {
      let noun = Words(of: other.kind).all
      guard words.count > noun.count, words.prefix(noun.count).elementsEqual(noun),
        !(isTop && other.kind == kind),
        words.count == noun.count + 1, let last = words.last,
        let value = other.object[last] ?? (last == "id" ? other.object[other.identifier] : nil),
        allows(schema, value)
      else { continue }
      return value
    }
    return nil
  }
}

/// A number that is the same for the same text on every machine.
private enum Checksum {
  /// FNV-1a.
  static func of(_ text: String) -> Int {
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return Int(hash)
  }
}
