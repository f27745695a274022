import Portolan
import RawJSON

/// A request, as Ocean's own no-code integration describes one.
struct OceanCustomRequest {
  private var method = "GET"
  /// The path below the base URL, or a whole URL.
  private(set) var path = ""
  private var query: [OceanCustomField] = []
  private var headers: [OceanCustomField] = []
  private var body: JSONView?
  private var form: [OceanCustomField] = []

  /// Reads a request from the members of `reader`, by the names that they have there.
  init(
    _ reader: inout MemberReader?, path pathKey: String, query queryKey: String, form formKey: String?,
    standardMethod: String
  ) {
    guard reader != nil else { return }
    path = reader?.required(pathKey, why: "write the path that is asked for") ?? ""
    readMethod(&reader, standardMethod)
    query = reader?.fields(queryKey) ?? []
    headers = reader?.fields("headers") ?? []
    body = reader?.value("body")
    guard let formKey, let text = reader?.text(formKey) else { return }
    form = Self.form(text)
    if body != nil {
      reader?.report(
        .conflictingKeys, formKey, "`body` and `\(formKey)` exclude one another", help: "keep one of them")
    }
  }

  /// The request that a selector makes of its kind, or a path parameter of its endpoint.
  init(_ reader: inout MemberReader, path: String) {
    var optional: MemberReader? = reader
    self.path = path
    readMethod(&optional, "GET")
    query = optional?.fields("query_params") ?? []
    headers = optional?.fields("headers") ?? []
    body = optional?.value("body")
    if let optional { reader = optional }
  }

  private mutating func readMethod(_ reader: inout MemberReader?, _ standard: String) {
    guard let text = reader?.text("method") else { return method = standard }
    method = text.uppercased()
    if !["GET", "POST"].contains(method) {
      reader?.report(
        .wrongValue, "method", "`method` is `\(text)`, and a fetcher only reads",
        help: "use GET, or POST for a search")
    }
  }

  /// The texts in it that may be secrets.
  var texts: [String] {
    (query + headers + form).flatMap(\.values) + (body.map(Self.texts) ?? [])
  }

  private static func texts(_ json: JSONView) -> [String] {
    if let text = json.text { return [text] }
    return (json.elements ?? json.members?.map(\.value) ?? []).flatMap(texts)
  }

  /// `name=value&…`, decoded, each name once.
  private static func form(_ text: String) -> [OceanCustomField] {
    var fields: [OceanCustomField] = []
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = PercentEncoding.decode(parts[0])
      let value = parts.count > 1 ? PercentEncoding.decode(parts[1]) : ""
      if let place = fields.firstIndex(where: { $0.name == name }) {
        fields[place].values.append(value)
      } else {
        fields.append(OceanCustomField(name: name, values: [value]))
      }
    }
    return fields
  }
}

extension OceanCustomRequest {
  /// The request's keys in a fetcher.yml; `template` is the path where it is not ``path`` as it stands.
  func write(_ object: inout JSONWriter, template: String? = nil) {
    let isURL = path.hasPrefix("http://") || path.hasPrefix("https://")
    let path = template ?? OceanCustomTemplate.literal(isURL ? path : "/" + path.drop { $0 == "/" })
    object.add(method.lowercased(), text: path)
    for (key, fields) in [("query", query), ("headers", headers), ("form", form)] where !fields.isEmpty {
      object.add(key, json: OceanCustomTemplate.object(fields))
    }
    if let body { object.add("body", json: OceanCustomTemplate.json(body)) }
  }
}

/// Writes values into a fetcher.yml in which no expression is meant.
enum OceanCustomTemplate {
  /// A text that means itself, whatever braces it has.
  static func literal(_ text: String) -> String {
    text.contains("{{") ? "{{ \(JSONText.quoted(text)) }}" : text
  }

  /// Fields whose values mean themselves.
  static func object(_ fields: [OceanCustomField]) -> [UInt8] {
    JSONWriter.object { object in
      for field in fields {
        if field.values.count == 1 {
          object.add(field.name, text: literal(field.values[0]))
        } else {
          let values = field.values.map(JSONText.quoted).joined(separator: ", ")
          object.add(field.name, text: "{{ [\(values)] }}")
        }
      }
    }
  }

  /// JSON whose texts mean themselves.
  static func json(_ json: JSONView) -> [UInt8] {
    var writer = JSONWriter()
    write(json, &writer)
    return writer.bytes
  }

  private static func write(_ json: JSONView, _ writer: inout JSONWriter) {
    if let text = json.text {
      writer.text(literal(text))
    } else if let elements = json.elements {
      writer.array { array in for element in elements { write(element, &array) } }
    } else if let members = json.members {
      writer.object { object in
        for (key, value) in members {
          object.key(key)
          write(value, &object)
        }
      }
    } else {
      writer.json(json.json.utf8)
    }
  }
}
