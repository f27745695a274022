import JQ
import Portolan
import RawJSON

/// `customAuthRequest`, a request that signs in, and `customAuthRequestTemplate`, what later requests carry of its
/// answer.
struct OceanCustomLogin {
  private var request: OceanCustomRequest
  private var lifetime: Int?
  private var headers: [OceanCustomField] = []
  private var query: [OceanCustomField] = []
  private(set) var secrets: [String] = []

  /// Reads both settings; nil where they are missing, which is a problem if `isWanted`.
  init?(_ reader: inout MemberReader, isWanted: Bool) {
    var login = reader.reader("customAuthRequest")
    var use = reader.reader("customAuthRequestTemplate")
    guard isWanted else { return nil }
    for (key, value) in [("customAuthRequest", login), ("customAuthRequestTemplate", use)] where value == nil
    {
      if reader.problems.contains(where: { $0.field == key }) { continue }
      reader.report(.missingKey, key, "`\(key)` is missing", help: "`authType` is `custom`, which needs it")
    }
    request = OceanCustomRequest(
      &login, path: "endpoint", query: "queryParams", form: "bodyForm", standardMethod: "POST")
    lifetime = login?.integer("reauthenticateIntervalSeconds", 1...1_000_000_000)
    headers = Self.templates("headers", &use)
    query = Self.templates("queryParams", &use)
    if use?.object("body") != nil {
      use?.report(
        .wrongValue, "body", "what the login gives cannot be put into the body of each request",
        help: "put it into `headers` or `queryParams`, or declare the API in fetcher.yml")
    } else if use != nil, headers.isEmpty, query.isEmpty {
      use?.report(
        .missingKey, "headers", "nothing says what requests carry of the login's answer",
        help: #"write for example {"headers": {"Authorization": "Bearer {{.access_token}}"}}"#)
    }
    login?.finish()
    use?.finish()
    reader.add((login?.problems ?? []) + (use?.problems ?? []))
    secrets = request.texts.filter(\.maySecret)
  }

  /// Texts with jq between two braces.
  private static func templates(_ key: String, _ reader: inout MemberReader?) -> [OceanCustomField] {
    let fields = reader?.fields(key) ?? []
    for field in fields {
      for match in (field.values.first ?? "").matches(of: /\{\{(.+?)\}\}/) {
        guard let error = JQExpression(String(match.1)).syntaxError else { continue }
        reader?.report(
          .invalidExpression, "\(key).\(field.name)", "`\(match.0)` is not jq: \(error)",
          help: "write a path in the login's answer, as `{{.access_token}}`")
      }
    }
    return fields
  }

  /// `login` of a fetcher.yml. What stands between two braces is jq in both; here it is on the login's answer.
  func write(_ object: inout JSONWriter) {
    request.write(&object)
    if let lifetime { object.add("lifetime", text: String(lifetime)) }
    object.add(
      "use",
      json: JSONWriter.object { use in
        for (key, fields) in [("headers", headers), ("query", query)] where !fields.isEmpty {
          use.add(
            key,
            json: JSONWriter.object { members in
              for field in fields {
                members.add(
                  field.name,
                  text: (field.values.first ?? "").replacing(/\{\{(.+?)\}\}/) { "{{ login | (\($0.1)) }}" })
              }
            })
        }
      })
  }
}
