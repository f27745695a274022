import Foundation
import Portolan
import TestSupport
import Testing

@Suite("What is set for the catalog")
struct CatalogConfigurationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ environment: [String: String] = [:]) -> CatalogConfiguration {
    .load(in: folder.path, environment: environment)
  }

  @Test("nothing set: what is missing is named by its variables, and Port's own address is taken")
  func nothing() {
    let found = load()
    #expect(found.missingVariables == ["OCEAN__PORT__CLIENT_ID", "OCEAN__PORT__CLIENT_SECRET"])
    #expect(found.baseURL == "https://api.getport.io" && found.type == nil && found.identifier == nil)
    #expect(found.diagnostics.isEmpty)
  }

  @Test("the environment comes before .env, and .env before config.yaml; short names come after Ocean's")
  func precedence() throws {
    try folder.write(
      "config.yaml",
      """
      port: {clientId: file, clientSecret: "{{ from env SECRET }}", baseUrl: "https://file.example.com/"}
      integration: {type: Jira, identifier: file-jira, config: {jiraHost: x}}
      """)
    try folder.write(".env", "OCEAN__PORT__CLIENT_ID=dotenv\nSECRET=of-dotenv\n")
    var found = load()
    #expect(found.clientID == "dotenv" && found.clientSecret == "of-dotenv")
    #expect(
      found.baseURL == "https://file.example.com" && found.type == "Jira" && found.identifier == "file-jira")
    found = load(["PORT_CLIENT_ID": "short", "OCEAN__INTEGRATION__IDENTIFIER": "env-jira"])
    #expect(found.clientID == "short" && found.identifier == "env-jira")
    found = load(["PORT_CLIENT_ID": "short", "OCEAN__PORT__CLIENT_ID": "long"])
    #expect(found.clientID == "long")
    found = load(["OCEAN__PORT": #"{"clientId": "block", "clientSecret": "s"}"#])
    #expect(found.clientID == "block" && found.clientSecret == "s")
    found = load(["OCEAN__INTEGRATION": #"{"type": "gitlab", "config": {"x": 1}}"#])
    #expect(found.type == "gitlab")
  }

  @Test("no message shows a secret, and one in a file that is committed is warned of")
  func secrets() throws {
    try folder.write("config.yaml", "port: {clientId: id, clientSecret: s3cr3t-Value, baseUrl: nonsense}")
    let found = load()
    #expect(found.diagnostics.contains { $0.rule == .exposedSecret })
    #expect(found.diagnostics.contains { $0.rule == .wrongConfiguration })
    #expect(!found.diagnostics.map(\.description).joined().contains("s3cr3t"))
  }
}
