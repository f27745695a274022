import RawJSON

/// How an API's description says that requests are sent.
struct OpenAPIAccess {
  private let document: OpenAPIDocument

  init(_ document: OpenAPIDocument) {
    self.document = document
  }

  /// The base URL and what requests are signed with; `settings` are what paths ask for besides.
  func access(_ settings: [Access.Setting]) -> Access {
    let base = Access.Setting(
      name: "baseUrl", type: "url", standard: baseURL,
      description: "The address of the API" + (baseURL == nil ? ", for example https://api.example.com" : ""))
    let scheme = scheme()
    return Access(
      authentication: scheme?.authentication, isGuess: scheme?.isGuess ?? false,
      settings: [base] + (scheme?.settings ?? []) + settings)
  }

  // MARK: Where it is

  /// The first server's address, where it is one.
  private var baseURL: String? {
    document.isSwagger ? swaggerURL : serverURL
  }

  private var serverURL: String? {
    guard let server = document.root["servers"]?[0], var url = server["url"]?.text else { return nil }
    for (name, variable) in server["variables"]?.members ?? [] {
      url = url.replacing("{\(name)}", with: variable["default"]?.text ?? "")
    }
    return address(url)
  }

  private var swaggerURL: String? {
    guard let host = document.root["host"]?.text else { return nil }
    let scheme =
      document.root["schemes"]?.elements?.compactMap(\.text).first { $0 == "https" || $0 == "http" }
      ?? "https"
    return address(scheme + "://" + host + (document.root["basePath"]?.text ?? ""))
  }

  private func address(_ url: String) -> String? {
    guard url.contains("://"), !url.contains("{") else { return nil }
    return url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  // MARK: Who asks

  private typealias Scheme = (authentication: String, isGuess: Bool, settings: [Access.Setting])

  private var schemes: [(key: String, value: JSONView)] {
    (document.isSwagger
      ? document.root["securityDefinitions"] : document.root["components"]?["securitySchemes"])?
      .members ?? []
  }

  /// The first scheme that the description asks for and that can be written down, else the first one.
  private func scheme() -> Scheme? {
    let asked = (document.root["security"]?.elements ?? []).flatMap { $0.members ?? [] }.map(\.key)
    let ordered = asked.flatMap { name in schemes.filter { $0.key == name } } + schemes
    return ordered.lazy.compactMap { document.resolved($0.value).flatMap(scheme) }.first
  }

  private func scheme(_ scheme: JSONView) -> Scheme? {
    let type = scheme["type"]?.text
    switch type {
    case "basic": return basic
    case "http" where scheme["scheme"]?.text?.lowercased() == "basic": return basic
    case "http" where scheme["scheme"]?.text?.lowercased() == "bearer": return bearer(isGuess: false)
    case "apiKey":
      guard let name = scheme["name"]?.text, let place = scheme["in"]?.text,
        ["header", "query"].contains(place)
      else { return nil }
      let key = secret("apiKey", "The key that the API lets the integration in with")
      return (
        "{\(place): {name: \(YAMLText.doubleQuoted(name)), value: \"{{ config.apiKey }}\"}}", false, [key]
      )
    case "oauth2": return clientCredentials(scheme) ?? bearer(isGuess: true)
    case "openIdConnect": return bearer(isGuess: true)
    default: return nil
    }
  }

  private var basic: Scheme {
    (
      "{basic: {username: \"{{ config.username }}\", password: \"{{ config.password }}\"}}", false,
      [
        Access.Setting(name: "username", description: "The user that reads the API"),
        secret("password", "That user's password or token"),
      ]
    )
  }

  private func bearer(isGuess: Bool) -> Scheme {
    (
      "{bearer: \"{{ config.token }}\"}", isGuess,
      [secret("token", "The token that the API lets the integration in with")]
    )
  }

  private func clientCredentials(_ scheme: JSONView) -> Scheme? {
    let flow =
      scheme["flows"]?["clientCredentials"] ?? (scheme["flow"]?.text == "application" ? scheme : nil)
    guard let url = flow?["tokenUrl"]?.text else { return nil }
    let scopes = (flow?["scopes"]?.members ?? []).map(\.key).joined(separator: " ")
    let scope = scopes.isEmpty ? "" : ", scope: " + YAMLText.doubleQuoted(scopes)
    return (
      "{oauth2: {tokenUrl: \(YAMLText.doubleQuoted(url)), clientId: \"{{ config.clientId }}\", "
        + "clientSecret: \"{{ config.clientSecret }}\"\(scope)}}", false,
      [
        Access.Setting(name: "clientId", description: "The id of the client that reads the API"),
        secret("clientSecret", "That client's secret"),
      ]
    )
  }

  private func secret(_ name: String, _ description: String) -> Access.Setting {
    Access.Setting(name: name, isSecret: true, description: description)
  }
}
