import Portolan
import RawJSON

/// What a user of Ocean's own no-code integration has set, read and checked.
struct OceanCustomConfiguration {
  /// How requests are signed.
  enum Signing {
    case none
    case bearer
    case basic
    case header(name: String)
    case login(OceanCustomLogin)
  }

  var baseURL = ""
  var signing = Signing.none
  var headers: [OceanCustomField] = []
  var paging = OceanCustomPaging()
  /// How long an answer may take, in seconds.
  var timeout = 60.0
  var concurrency = 10
  /// What no message may show.
  var secrets: [String] = []

  /// Reads a configuration.
  ///
  /// - Parameters:
  ///   - json: the settings, by their names in `spec.yml`.
  ///   - environment: what `${NAME}` in `customHeaders` means.
  /// - Throws: `DiagnosticsError` with all that is wrong or cannot be done.
  init(_ json: JSONView, environment: [String: String]) throws(DiagnosticsError) {
    var reader = MemberReader(json, place: "the configuration")
    baseURL = reader.required("baseUrl", why: "set the address that the kinds' paths begin with") ?? ""
    while baseURL.hasSuffix("/") { baseURL.removeLast() }
    readSigning(&reader)
    readHeaders(&reader, environment)
    paging = OceanCustomPaging(&reader)
    timeout = reader.number("timeout", 1...3600) ?? timeout
    concurrency = reader.integer("maxConcurrentRequests", 1...1000) ?? concurrency
    refuse(&reader)
    reader.finish()
    guard reader.problems.isEmpty else { throw DiagnosticsError(reader.problems) }
  }

  private mutating func readSigning(_ reader: inout MemberReader) {
    let type = reader.choice(
      "authType", ["none", "bearer_token", "basic", "api_key", "custom"], default: "none")
    func text(_ key: String, for kind: String) -> String? {
      kind == type ? reader.required(key, why: "`authType` is `\(type)`, which needs it") : reader.text(key)
    }
    secrets = [
      text("apiToken", for: "bearer_token"), text("password", for: "basic"), text("apiKey", for: "api_key"),
    ].compactMap { $0 }
    _ = text("username", for: "basic")
    let header = reader.text("apiKeyHeader") ?? "X-API-Key"
    let login = OceanCustomLogin(&reader, isWanted: type == "custom")
    secrets += login?.secrets ?? []
    switch type {
    case "bearer_token": signing = .bearer
    case "basic": signing = .basic
    case "api_key": signing = .header(name: header)
    default: signing = login.map(Signing.login) ?? .none
    }
  }

  private mutating func readHeaders(_ reader: inout MemberReader, _ environment: [String: String]) {
    headers = reader.fields("customHeaders").map { field in
      var field = field
      field.values = field.values.map { text in
        text.replacing(/\$\{(\w+)\}/) { match in
          if let value = environment[String(match.1)] { return value }
          reader.report(
            .missingKey, "customHeaders.\(field.name)", "there is no environment variable `\(match.1)`",
            help: "set it, or write the header's value itself")
          return ""
        }
      }
      return field
    }
    secrets += headers.flatMap(\.values).filter(\.maySecret)
  }

  /// What Ocean can do and this cannot.
  private func refuse(_ reader: inout MemberReader) {
    if !reader.flag("verifySsl", default: true) {
      reader.report(
        .wrongValue, "verifySsl", "certificates are always verified: `verifySsl` cannot be false",
        help:
          "name the file with the server's certificate authority in the environment variable SSL_CERT_FILE")
    }
    if reader.flag("multipleHosts", default: false) {
      reader.report(
        .wrongValue, "multipleHosts", "kinds that are whole URLs are not asked for",
        help: "give each host an integration of its own, with its `baseUrl` and its credentials")
    }
  }
}

extension String {
  /// Whether it is long enough to be a secret that messages can do without.
  var maySecret: Bool { utf8.count >= 6 }
}
