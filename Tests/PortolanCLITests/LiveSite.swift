import Foundation
import TestServer
import TestSupport
import Testing

/// A site on loopback, and a folder with an integration for it, `acme`.
final class LiveSite: Sendable {
  /// What no output may hold.
  static let token = "acme-s3cret-token-77"

  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/acme/fetcher.yml", Self.fetcher)
    try folder.write(".port/acme/spec.yml", Self.spec)
    try folder.write(".port/acme/resources/port-app-config.yml", Self.config)
  }

  private static let fetcher = #"""
    baseUrl: "{{ config.acmeHost }}"
    auth: {bearer: "{{ config.acmeToken }}"}
    limits: {attempts: 2, timeout: 60}
    kinds:
      service:
        selector: {tier: string}
        get: /services
        query: {tier: "{{ selector.tier }}"}
        items: .services
        paging: {page: page, limit: size, size: 2, total: .body.total}
      person:
        get: /people
        items: .people
        paging: {cursor: .body.next, parameter: cursor}
    """#

  private static let spec = """
    features:
      - resources: [{kind: service}, {kind: person}]
    configurations:
      - {name: acmeHost, type: url, required: true, description: Where the site is}
      - {name: acmeToken, type: string, required: true, sensitive: true, description: A token of it}
    """

  private static let config = #"""
    resources:
      - kind: service
        selector: {query: 'true', tier: gold}
        port: {entity: {mappings: {identifier: .id, title: .name, blueprint: '"service"'}}}
      - kind: service
        selector: {query: 'true', tier: silver}
        port: {entity: {mappings: {identifier: .id, title: .name, blueprint: '"backup"'}}}
      - kind: person
        selector: {query: 'true'}
        port: {entity: {mappings: {identifier: .accountId, title: .displayName, blueprint: '"person"'}}}
    """#

  /// What the site answers where nothing is wrong: three services of each tier, one of them of both, and two people.
  static func answer(_ request: RawServer.Request) -> RawServer.Step {
    guard request["authorization"] == "Bearer \(token)" else {
      return .answer(401, #"{"message": "bad token \#(request["authorization"] ?? "none")"}"#)
    }
    let target = request.target
    if target.hasPrefix("/services") {
      let ids = target.contains("tier=gold") ? ["s1", "s2", "s3"] : ["s3", "s4", "s5"]
      let page = target.contains("page=2") ? ids.suffix(1) : ids.prefix(2)
      let items = page.map { #"{"id": "\#($0)", "name": "Service \#($0)"}"# }.joined(separator: ", ")
      return .answer(200, #"{"total": 3, "services": [\#(items)]}"#)
    }
    let (id, name, next) =
      target.contains("cursor") ? ("u2", "Kim Larsen", "null") : ("u1", "Robin Ortega", #""c2""#)
    let email = name.lowercased().replacing(" ", with: ".") + "@acme.example"
    return .answer(
      200,
      #"{"people": [{"accountId": "\#(id)", "displayName": "\#(name)", "emailAddress": "\#(email)"}], "next": \#(next)}"#
    )
  }

  /// Runs `portolan` in the folder while the site answers, and checks that nothing shows the token.
  ///
  /// - Parameters:
  ///   - arguments: the command's.
  ///   - environment: what is set besides the site and its token.
  ///   - fault: what is answered in the place of the site; nil for what it answers.
  /// - Returns: what the command left, and the requests that came.
  /// - Throws: what keeps the site or the command from starting.
  func run(
    _ arguments: [String], environment: [String: String] = [:],
    _ fault: @escaping @Sendable (RawServer.Request) -> [RawServer.Step]? = { _ in nil }
  ) async throws -> (result: Command.Result, requests: [RawServer.Request]) {
    let path = folder.path
    let (result, requests) = try await RawServer.run { request, _ in
      fault(request) ?? [Self.answer(request)]
    } _: { server in
      let environment = Self.environment(server.url).merging(environment) { $1 }
      let result = try await Command.runAside(arguments, in: path, environment: environment)
      return (result, server.requests)
    }
    for stream in [result.output, result.errors] { #expect(!stream.contains(Self.token)) }
    return (result, requests)
  }

  /// What is set for the site at a URL.
  static func environment(_ url: String) -> [String: String] {
    [
      "OCEAN__INTEGRATION__CONFIG__ACME_HOST": url, "OCEAN__INTEGRATION__CONFIG__ACME_TOKEN": token,
      "NO_PROXY": "127.0.0.1",
    ]
  }

  /// What a file of the folder holds.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }
}
