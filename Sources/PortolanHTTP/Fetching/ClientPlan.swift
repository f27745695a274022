import Portolan
import RawJSON

/// Makes the client that a fetcher's file describes.
struct ClientPlan {
  private let definition: FetcherDefinition
  private let config: [UInt8]
  private let secrets: [String]

  init(_ definition: FetcherDefinition, config: [UInt8], secrets: [String]) {
    self.definition = definition
    self.config = config
    self.secrets = secrets
  }

  func client(environment: [String: String]) throws -> APIClient {
    guard let baseURL = try text(definition.baseURL), !baseURL.isEmpty else {
      throw Diagnostic(
        .error, .fetcherExpressionFailed, "the base URL is null", help: "set what `baseUrl` is made of",
        at: definition.baseURL.location)
    }
    return try APIClient(
      baseURL: baseURL, authentication: try authentication(), headers: try fields(definition.headers),
      limits: APILimits(definition.limits), environment: environment, secrets: secrets)
  }

  private func authentication() throws -> Authentication {
    for candidate in definition.authentications {
      if let condition = candidate.condition {
        guard try SingleExpression(condition).isTrue(on: scope.document) else { continue }
      }
      return try authentication(candidate.method)
    }
    return .none
  }

  private func authentication(_ method: FetcherDefinition.Authentication.Method) throws -> Authentication {
    switch method {
    case .basic(let username, let password):
      .basic(username: try text(username) ?? "", password: try text(password) ?? "")
    case .bearer(let token): .bearer(try secret(token))
    case .header(let name, let value): .header(name: name, value: try secret(value))
    case .query(let name, let value): .query(name: name, value: try secret(value))
    case .oauth2(let oauth):
      .oauth2(
        OAuth2ClientCredentials(
          tokenURL: try text(oauth.tokenURL) ?? "", clientID: try text(oauth.clientID) ?? "",
          clientSecret: try secret(oauth.clientSecret), scope: try oauth.scope.flatMap(text),
          form: try fields(oauth.form), sendsSecretInBody: oauth.sendsSecretInBody))
    case .login(let login): .session(LoginPlan(login, config: config).credentials)
    }
  }

  private func secret(_ template: Template) throws -> String {
    if let text = try text(template), !text.isEmpty { return text }
    throw Diagnostic(
      .error, .fetcherExpressionFailed, "there is nothing to sign requests with: this is null",
      help: "set what it is made of; `portolan config` shows what is set", at: template.location)
  }

  private var scope: FetchScope { FetchScope(config: config) }

  private func text(_ template: Template) throws -> String? {
    var builder = Expressions.Builder()
    let plan = TemplatePlan(template, &builder)
    return try plan.text(try Expressions(builder).results(on: { scope.document }))
  }

  private func fields(_ fields: [FetcherDefinition.Field]) throws -> [APIField] {
    try fields.compactMap { field in try text(field.value).map { APIField(field.name, $0) } }
  }
}

/// Signs in with a request, whose answer is `login` for what later requests carry.
private final class LoginPlan: Sendable {
  private let login: FetcherDefinition.Authentication.Login
  private let config: [UInt8]
  private let list: ListPlan

  init(_ login: FetcherDefinition.Authentication.Login, config: [UInt8]) {
    self.login = login
    self.config = config
    list = ListPlan(login.list)
  }

  @Sendable func credentials(_ client: APIClient) async throws -> Credentials {
    let request = try list.request.request(
      FetchScope(config: config), input: nil, page: PagePosition(place: .query))
    let response = try await client.send(request)
    let body = AnswerBody(response, client.mask)
    guard (200..<300).contains(response.status) else { throw response.statusError(client.mask) }
    try body.check()
    let scope = FetchScope(config: config, login: body.isEmpty ? nil : response.body)
    var builder = Expressions.Builder()
    let headers = login.headers.map { ($0.name, TemplatePlan($0.value, &builder)) }
    let query = login.query.map { ($0.name, TemplatePlan($0.value, &builder)) }
    let lifetime = builder.add(login.lifetime)
    let results = try Expressions(builder).results(on: { scope.document(response.body) })
    func fields(_ plans: [(String, TemplatePlan)]) throws -> [APIField] {
      try plans.compactMap { name, plan in try plan.text(results).map { APIField(name, $0) } }
    }
    let seconds = try results.value(lifetime)?.number.flatMap { Double($0) }
    return Credentials(
      headers: try fields(headers), query: try fields(query),
      lifetime: seconds.map { .seconds(min(max($0, 0), 1e9)) })
  }
}

extension APILimits {
  fileprivate init(_ limits: FetcherDefinition.Limits) {
    self.init(
      concurrency: limits.concurrency, perSecond: limits.perSecond, timeout: .seconds(limits.timeout),
      attempts: limits.attempts, responseSize: Int(limits.responseSize * Double(1 << 20)),
      longestWait: .seconds(limits.longestWait))
  }
}
