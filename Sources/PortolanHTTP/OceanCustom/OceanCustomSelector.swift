import JQ
import Portolan
import RawJSON

/// A kind, which is a path, and its selector.
struct OceanCustomSelector {
  /// What is asked for the values of a part of the path.
  struct Parameter {
    var name: String
    var request: OceanCustomRequest
    var dataPath: String
    var field: String
    var filter: String?
    /// What tells it from others: its own JSON.
    var identity: String

    /// The key of its value in the objects.
    var key: String { "__\(name)" }
  }

  private(set) var request: OceanCustomRequest
  private(set) var dataPath: String
  /// In the order of the path.
  private(set) var parameters: [Parameter] = []
  /// The path with the parameters as expressions on the parent.
  private(set) var path = ""

  /// Reads a selector.
  ///
  /// - Throws: `DiagnosticsError` with all that is wrong with it or cannot be done.
  init(_ fetch: FetchRequest, _ paging: OceanCustomPaging) throws(DiagnosticsError) {
    let kind = fetch.kind
    var reader = MemberReader(JSONView(valid: Array(fetch.selector.utf8)), place: "the selector of `\(kind)`")
    _ = reader.value("query")
    // The kind says it, and Ocean does not look at it either.
    _ = reader.value("endpoint")
    request = OceanCustomRequest(&reader, path: kind)
    dataPath = reader.expression("data_path") ?? "."
    Self.checkCounting(dataPath, "data_path", paging, &reader)
    if kind.contains("://") || kind.contains("{{") {
      reader.report(
        .wrongValue, "kind", "the kind is no path below the base URL",
        help: "write it as `/api/v1/users`, or `/api/v1/teams/{team}/members` with `path_parameters`")
    }
    readParameters(kind, paging, &reader)
    reader.finish()
    guard reader.problems.isEmpty else { throw DiagnosticsError(reader.problems) }
  }

  private mutating func readParameters(
    _ kind: String, _ paging: OceanCustomPaging, _ reader: inout MemberReader
  ) {
    let names = kind.matches(of: /\{(\w+)\}/).map { String($0.1) }
    var given = reader.reader("path_parameters")
    for name in names where !parameters.contains(where: { $0.name == name }) {
      if let parameter = Self.parameter(name, paging, &given) {
        parameters.append(parameter)
      } else if given?.value(name) == nil {
        reader.report(
          .missingKey, "path_parameters.\(name)", "nothing says which values `{\(name)}` has",
          help: "add `path_parameters: {\(name): {endpoint: /…, field: .id}}`")
      }
    }
    given?.finish()
    reader.add(given?.problems ?? [])
    let text = "/" + kind.drop { $0 == "/" }
    path = text.replacing(/\{(\w+)\}/) { #"{{ parent["__\#($0.1)"] }}"# }
  }

  private static func parameter(
    _ name: String, _ paging: OceanCustomPaging, _ given: inout MemberReader?
  ) -> Parameter? {
    guard var reader = given?.reader(name) else { return nil }
    let before = reader.problems.count
    let endpoint = reader.required("endpoint", why: "write the path that lists the values") ?? ""
    let request = OceanCustomRequest(&reader, path: endpoint)
    let dataPath = reader.expression("data_path") ?? "."
    checkCounting(dataPath, "data_path", paging, &reader)
    _ = reader.required("field", why: "write jq that gives a value of each object, as `field: .id`")
    let field = reader.expression("field") ?? "."
    let filter = reader.expression("filter")
    reader.finish()
    given?.add(reader.problems)
    guard reader.problems.count == before else { return nil }
    let identity = given?.object(name)?.json ?? ""
    return Parameter(
      name: name, request: request, dataPath: dataPath, field: field, filter: filter, identity: identity)
  }

  /// Where pages are counted, what is counted is the list as it came.
  private static func checkCounting(
    _ dataPath: String, _ key: String, _ paging: OceanCustomPaging, _ reader: inout MemberReader
  ) {
    guard paging.counts, let plain = JQExpression(dataPath).plain else {
      if paging.counts { reportCounting(dataPath, key, paging, &reader) }
      return
    }
    switch plain {
    case .path, .alternative(.path, .constant): return
    default: reportCounting(dataPath, key, paging, &reader)
    }
  }

  private static func reportCounting(
    _ dataPath: String, _ key: String, _ paging: OceanCustomPaging, _ reader: inout MemberReader
  ) {
    reader.report(
      .wrongValue, key,
      "`\(key)` is `\(dataPath)`, which may leave objects out, and with `paginationType: \(paging.style.rawValue)` they are counted",
      help: "write the path of the list only, as `.items`, and leave objects out with `query`")
  }
}
