import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PortolanCatalog
import PortolanService
import RawJSON
import TestSupport

/// A catalog that a test's own server serves, and a client of it that has a token.
struct ServedCatalog {
  static let credentials = ServiceCredentials(clientID: "tester", clientSecret: "a secret")
  static let agent = "port-ocean/files/1.0.0/my-files/exporter"

  private let client: any TestClientProtocol
  private let token: String
  /// The same catalog, without a server.
  let catalog: LocalCatalog

  /// Serves a new catalog while `body` runs; `prepare` changes how.
  static func run(
    _ prepare: (inout CatalogServerOptions) -> Void = { _ in },
    _ body: @escaping @Sendable (ServedCatalog) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    var options = CatalogServerOptions()
    options.credentials = credentials
    prepare(&options)
    try await CatalogServer(catalog, options).application().test(.ahc(.http)) { client in
      let anonymous = ServedCatalog(client: client, token: "", catalog: catalog)
      let answer = try await anonymous.logIn()
      try await body(
        ServedCatalog(client: client, token: answer.body["accessToken"]?.text ?? "", catalog: catalog))
    }
    withExtendedLifetime(folder) {}
  }

  /// Asks for a token.
  func logIn(secret: String = credentials.clientSecret, id: String = credentials.clientID) async throws
    -> Answer
  {
    let body = JSONWriter.object { object in
      object.add("clientId", text: id)
      object.add("clientSecret", text: secret)
    }
    return try await send(.post, "/v1/auth/access_token", String(decoding: body, as: UTF8.self), [:])
  }

  /// Sends a request with the token, as Ocean does.
  func call(
    _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, agent: String = agent,
    _ others: HTTPFields = [:]
  ) async throws -> Answer {
    var headers: HTTPFields = [.authorization: "Bearer \(token)", .userAgent: agent]
    for field in others { headers[field.name] = field.value }
    return try await send(method, path, body, headers)
  }

  /// Sends a request with these headers and no others.
  func send(
    _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ headers: HTTPFields
  ) async throws -> Answer {
    try await client.execute(
      uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) }
    ) { response in
      Answer(
        status: response.status.code,
        body: try JSONView(validating: Array(response.body.readableBytesView)), headers: response.headers)
    }
  }
}

/// What a server answered.
struct Answer {
  let status: Int
  let body: JSONView
  let headers: HTTPFields

  /// The word of an error.
  var error: String? { body["error"]?.text }

  /// The identifiers of the entities in the answer.
  var identifiers: [String] { (body["entities"]?.elements ?? []).compactMap { $0["identifier"]?.text } }
}

extension ServedCatalog {
  /// Makes the blueprints `team` and `service`; a service relates to a team, and to other services.
  func makeBlueprints() async throws {
    _ = try await call(
      .post, "/v1/blueprints",
      #"{"identifier":"team","schema":{"properties":{"size":{"type":"number"}}},"relations":{}}"#)
    _ = try await call(
      .post, "/v1/blueprints",
      #"""
      {"identifier":"service","schema":{"properties":{"tier":{"type":"number"},"email":{"type":"string"}}},
       "relations":{"team":{"target":"team"},"uses":{"target":"service","many":true}}}
      """#)
  }

  /// Writes entities in bulk: `query` is that of the request.
  func bulk(_ blueprint: String, _ entities: [String], _ query: String = "upsert=true&merge=true")
    async throws
    -> Answer
  {
    try await call(
      .post, "/v1/blueprints/\(blueprint)/entities/bulk?\(query)",
      #"{"entities":[\#(entities.joined(separator: ","))]}"#)
  }
}
