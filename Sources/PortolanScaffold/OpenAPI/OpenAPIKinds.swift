import Portolan
import RawJSON

/// The kinds of an API's description: its lists, with what they are asked for with.
struct OpenAPIKinds {
  /// How many kinds are taken where nobody chooses: more is nothing to begin with.
  static let limit = 12
  /// How many left out kinds a note names.
  private static let mostNamed = 30

  private let document: OpenAPIDocument
  private let all: [ListOperation]
  /// What a user has to set, because paths ask for it.
  private(set) var settings: [Access.Setting] = []
  /// What is left out, and why.
  private(set) var notes: [String] = []

  init(_ document: OpenAPIDocument) {
    self.document = document
    all = Self.named(
      (document.root["paths"]?.members ?? []).compactMap { path, item in
        document.resolved(item).flatMap { ListOperation(path, $0, in: document) }
      })
  }

  /// Gives each operation a kind of its own, simple paths first; those that only say again what a simpler one says are
  /// left out.
  private static func named(_ operations: [ListOperation]) -> [ListOperation] {
    let ordered = operations.enumerated().sorted {
      ($0.element.pathParameters.count, $0.element.segments.count, $0.offset)
        < ($1.element.pathParameters.count, $1.element.segments.count, $1.offset)
    }.map(\.element)
    var named: [ListOperation] = []
    for var operation in ordered {
      let isKnown = named.contains {
        $0.kind == operation.kind && $0.itemName == operation.itemName && $0.itemName != nil
      }
      if isKnown { continue }
      if named.contains(where: { $0.kind == operation.kind }) {
        let words = operation.segments.filter { !$0.contains("{") }.suffix(2).map { Noun.singular($0) }
        guard let longer = Words(words.flatMap { Words(of: $0).all }).camelCase,
          !named.contains(where: { $0.kind == longer })
        else { continue }
        operation.kind = longer
      }
      named.append(operation)
    }
    return named
  }

  /// The samples of `chosen` kinds and of their parents; of the simplest ones where none is chosen.
  ///
  /// - Throws: `Diagnostic` for a kind that there is not, and where there is none at all.
  mutating func samples(_ chosen: [String]) throws(Diagnostic) -> [KindSamples] {
    let usable = all.filter { request($0, among: all) != nil }
    guard !usable.isEmpty else {
      throw OpenAPIDocument.invalid(
        "no GET in this description answers with a list of objects",
        "give samples instead: --from projects.json issues.json", SourceLocation(startOf: document.file))
    }
    let picked = try chosen.isEmpty ? Array(usable.prefix(Self.limit)) : pick(chosen, usable)
    noteRest(usable.filter { other in !picked.contains { $0.kind == other.kind } })
    noteUnusable(all.filter { request($0, among: all) == nil })
    noteOuter(document.outerReferences)
    for operation in picked { addSettings(operation) }
    return made(picked)
  }

  private func pick(_ chosen: [String], _ usable: [ListOperation]) throws(Diagnostic) -> [ListOperation] {
    var picked: [ListOperation] = []
    for kind in chosen {
      guard let operation = usable.first(where: { $0.kind == kind }) else {
        let known = usable.map(\.kind)
        throw Diagnostic(
          .error, .invalidName, "the description has no kind `\(kind)`",
          help: (Spelling.nearest(to: kind, in: known).map { "did you mean `\($0)`? " } ?? "")
            + "the kinds are: \(Self.list(known))")
      }
      if let parent = parent(of: operation, among: usable),
        !picked.contains(where: { $0.kind == parent.kind })
      {
        picked.append(parent)
      }
      if !picked.contains(where: { $0.kind == kind }) { picked.append(operation) }
    }
    return picked
  }

  private mutating func noteRest(_ rest: [ListOperation]) {
    guard !rest.isEmpty else { return }
    notes.append(
      "\(rest.count) kind\(rest.count == 1 ? " is" : "s are") left out; choose with --kind: "
        + Self.list(rest.map(\.kind)))
  }

  /// References out of the file are not followed: what they lead to is missing in what is written.
  private mutating func noteOuter(_ references: [String]) {
    guard !references.isEmpty else { return }
    notes.append(
      "\(references.count) reference\(references.count == 1 ? " leads" : "s lead") to other files, and what is there is "
        + "left out: \(Self.list(references)); put the description into one file for it")
  }

  private mutating func noteUnusable(_ rest: [ListOperation]) {
    guard !rest.isEmpty else { return }
    notes.append(
      "\(rest.count) list\(rest.count == 1 ? " is" : "s are") left out, because the path needs objects of two other "
        + "kinds: \(Self.list(rest.map(\.path)))")
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(mostNamed).joined(separator: ", ")
      + (names.count > mostNamed ? " and \(names.count - mostNamed) more" : "")
  }

  // MARK: Requests

  /// The operation that lists what the last parameter of the path is one of.
  private func parent(of operation: ListOperation, among operations: [ListOperation]) -> ListOperation? {
    guard let place = operation.segments.lastIndex(where: { $0.hasPrefix("{") }) else { return nil }
    let path = Array(operation.segments[..<place])
    return operations.first { $0.segments == path && $0.path != operation.path }
  }

  /// How the operation is asked for; nil where its path needs objects of two other kinds.
  private func request(_ operation: ListOperation, among operations: [ListOperation]) -> KindRequest? {
    let parent = parent(of: operation, among: operations)
    let last = operation.segments.lastIndex { $0.hasPrefix("{") }
    var parts: [String] = []
    for (place, segment) in operation.segments.enumerated() {
      guard segment.contains("{") else {
        parts.append(segment)
        continue
      }
      let name = String(segment.filter { $0 != "{" && $0 != "}" })
      if let parent, place == last {
        parts.append("{{ " + JQText.path(["parent"] + key(name, of: parent)).dropFirst() + " }}")
      } else {
        let path = Array(operation.segments[..<place])
        if operations.contains(where: { $0.segments == path }) { return nil }
        parts.append("{{ config.\(Words(of: name).camelCase ?? "value") }}")
      }
    }
    var request = KindRequest(path: "/" + parts.joined(separator: "/"))
    request.items = operation.list
    request.parent = parent?.kind
    request.paging = paging(operation)
    return request
  }

  /// The key of a parent's objects that a parameter of that name means.
  private func key(_ parameter: String, of parent: ListOperation) -> [String] {
    let keys = Schema(parent.item, in: document).properties.map(\.key)
    let words = Words(of: parameter).all
    let noun = Words(of: parent.kind).all
    let rest = words.starts(with: noun) ? Array(words.dropFirst(noun.count)) : words
    let wanted =
      [parameter] + keys.filter { Words(of: $0).all == rest } + ["id", "key", "slug", "uuid", "name"]
    return [wanted.first { keys.contains($0) } ?? keys.first ?? "id"]
  }

  private mutating func addSettings(_ operation: ListOperation) {
    let parent = parent(of: operation, among: all)
    let last = operation.segments.lastIndex { $0.hasPrefix("{") }
    for (place, segment) in operation.segments.enumerated() where segment.contains("{") {
      if parent != nil, place == last { continue }
      let name = Words(of: segment).camelCase ?? "value"
      guard !settings.contains(where: { $0.name == name }) else { continue }
      settings.append(
        Access.Setting(
          name: name, description: "The \(Words(of: segment).phrase) in \(operation.path)"))
    }
  }

  private func paging(_ operation: ListOperation) -> PagingGuess? {
    let sizes = operation.parameters.filter { PagingGuess.isLimit($0.name) }.compactMap { _, schema in
      schema.flatMap { ($0["maximum"] ?? $0["default"])?.number.flatMap { Int($0) } }
    }
    let answer = operation.list.isEmpty ? nil : AnswerSample.answer(operation.answer, document)
    return PagingGuess(
      answer: answer, list: operation.list, parameters: operation.parameters.map(\.name),
      links: operation.hasLinks,
      size: sizes.first)
  }

  // MARK: Objects

  private func made(_ operations: [ListOperation]) -> [KindSamples] {
    var maker = SchemaSample(document: document)
    // First each by itself, then again with what it says of the others.
    maker.others = operations.map { operation in
      let object = maker.object(operation.item, kind: operation.kind, example: examples(operation).first)
        .object
      let request = KindRequest(path: operation.path)
      let samples = KindSamples(
        name: operation.kind, objects: [object], notes: SchemaNotes(), request: request)
      let best = Identifiers(samples, Shape([object], places: 1)).candidates().first?.plan.path ?? []
      return SchemaSample.Other(
        kind: operation.kind, schemaName: operation.itemName, object: object, identifier: best.first ?? "id")
    }
    return operations.compactMap { operation in
      guard let request = request(operation, among: all) else { return nil }
      let given = examples(operation).map { Optional($0) }
      let made = (given.isEmpty ? [nil] : given).map {
        maker.object(operation.item, kind: operation.kind, example: $0)
      }
      return KindSamples(
        name: operation.kind, objects: made.map(\.object), notes: made.first?.notes ?? SchemaNotes(),
        request: request)
    }
  }

  /// Objects that the description shows.
  private func examples(_ operation: ListOperation) -> [JSONView] {
    let list = operation.example?.at(operation.list)?.elements ?? []
    return Array(list.filter { $0.kind == .object }.prefix(3))
  }
}

/// Makes up what is beside the list in an answer, to tell paging by.
private enum AnswerSample {
  static func answer(_ schema: JSONView, _ document: OpenAPIDocument) -> JSONView {
    var writer = JSONWriter()
    write(Schema(schema, in: document), key: "", document, depth: 3, into: &writer)
    return JSONView(valid: writer.bytes)
  }

  private static func write(
    _ schema: Schema, key: String, _ document: OpenAPIDocument, depth: Int, into writer: inout JSONWriter
  ) {
    switch schema.type {
    case "object" where depth > 0:
      writer.object { writer in
        for (key, property) in schema.properties {
          writer.key(key)
          write(Schema(property, in: document), key: key, document, depth: depth - 1, into: &writer)
        }
      }
    case "integer", "number": writer.number(1)
    case "boolean": writer.boolean(true)
    case "string":
      let letters = AnswerList.letters(key)
      let isLink = schema.format == "uri" || ["next", "nextlink", "nexturl", "href"].contains(letters)
      writer.text(isLink ? "https://example.com/next" : "next")
    case "array": writer.array { _ in }
    default: writer.null()
    }
  }
}
