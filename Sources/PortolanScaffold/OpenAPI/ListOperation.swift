import Portolan
import RawJSON

/// A GET of an API that answers with a list of objects.
struct ListOperation {
  /// The path, with parameters in braces.
  let path: String
  /// The kind of its objects: the last word of the path, made singular.
  var kind: String
  /// The schema of an object.
  let item: JSONView
  /// The name of that schema, where it has one.
  let itemName: String?
  /// The schema of the answer.
  let answer: JSONView
  /// The keys that lead to the list in an answer.
  let list: [String]
  /// An answer that the description shows.
  let example: JSONView?
  /// The query parameters, with their schemas.
  let parameters: [(name: String, schema: JSONView?)]
  /// Whether answers carry a `Link` header.
  let hasLinks: Bool

  /// The path's parameters, in order.
  var pathParameters: [String] {
    segments.filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { String($0.dropFirst().dropLast()) }
  }

  /// The parts of the path.
  var segments: [String] { path.split(separator: "/").map(String.init) }

  /// The operation at `path`; nil where it answers with something else.
  init?(_ path: String, _ pathItem: JSONView, in document: OpenAPIDocument) {
    guard let get = pathItem["get"], get["deprecated"]?.boolean != true,
      let media = Self.media(get, document), let answer = media["schema"]
    else { return nil }
    let words = path.split(separator: "/").map(String.init).filter { !$0.contains("{") && !$0.contains("}") }
    let said = words.last { !["search", "list", "all"].contains($0.lowercased()) } ?? ""
    let kind = Noun.singular(said.split(separator: ".").first.map(String.init) ?? said)
    guard let camel = Words(of: kind).camelCase, let found = Self.list(answer, kind: kind, document) else {
      return nil
    }
    self.path = path
    self.kind = camel
    self.answer = answer
    (list, item) = found
    itemName = Schema(item, in: document).name
    example =
      media["example"]
      ?? media["examples"]?.members?.lazy.compactMap { document.resolved($0.value)?["value"] }.first
    let all = (pathItem["parameters"]?.elements ?? []) + (get["parameters"]?.elements ?? [])
    parameters = all.compactMap { document.resolved($0) }.filter { $0["in"]?.text == "query" }.compactMap {
      parameter in
      parameter["name"]?.text.map { ($0, parameter["schema"] ?? parameter) }
    }
    hasLinks =
      Self.response(get, document)?["headers"]?.members?.contains { $0.key.lowercased() == "link" } ?? false
  }

  private static func response(_ get: JSONView, _ document: OpenAPIDocument) -> JSONView? {
    let responses = get["responses"]?.members ?? []
    let success = responses.first { $0.key == "200" } ?? responses.first { $0.key.hasPrefix("2") }
    return document.resolved((success ?? responses.first { $0.key == "default" })?.value)
  }

  /// The JSON of an answer: an object with `schema` and examples.
  private static func media(_ get: JSONView, _ document: OpenAPIDocument) -> JSONView? {
    guard let response = response(get, document) else { return nil }
    if document.isSwagger { return response }
    let content = response["content"]?.members ?? []
    return content.first { $0.key.lowercased().hasPrefix("application/json") }?.value
      ?? content.first { $0.key.lowercased().contains("json") }?.value
      ?? content.first { $0.key == "*/*" }?.value
  }

  /// Where the list of objects is in an answer, and the schema of its elements.
  private static func list(
    _ answer: JSONView, kind: String, _ document: OpenAPIDocument, depth: Int = 3
  ) -> (path: [String], item: JSONView)? {
    let schema = Schema(answer, in: document)
    if let item = schema.items, schema.type == "array" {
      return isObject(item, document) ? ([], item) : nil
    }
    guard depth > 0 else { return nil }
    var lists: [(key: String, item: JSONView)] = []
    for (key, property) in schema.properties {
      let inner = Schema(property, in: document)
      if inner.type == "array", let item = inner.items, isObject(item, document) { lists.append((key, item)) }
    }
    let names = [AnswerList.letters(kind), AnswerList.letters(Noun.plural(kind))]
    if let own = lists.first(where: { names.contains(AnswerList.letters($0.key)) }) {
      return ([own.key], own.item)
    }
    // An object that says who it is has lists of its own; an answer does not.
    guard !schema.properties.contains(where: { ["id", "key", "uuid"].contains($0.key) }) else { return nil }
    if let named = lists.first(where: { AnswerList.isListName($0.key) }) { return ([named.key], named.item) }
    if lists.count == 1 { return ([lists[0].key], lists[0].item) }
    guard lists.isEmpty else { return nil }
    for (key, property) in schema.properties where AnswerList.isWrapperName(key) {
      if let found = list(property, kind: kind, document, depth: depth - 1) {
        return ([key] + found.path, found.item)
      }
    }
    return nil
  }

  private static func isObject(_ schema: JSONView, _ document: OpenAPIDocument) -> Bool {
    let schema = Schema(schema, in: document)
    return schema.type == "object" && !schema.properties.isEmpty
  }
}
