import Foundation
import TestSupport
import Testing

@Suite("portolan config")
struct ConfigCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/one/resources/port-app-config.yml", workingConfig)
    try folder.write(
      ".port/one/spec.yml",
      """
      configurations:
        - {name: siteHost, type: url, required: true, description: Where the site is}
        - {name: siteToken, required: true, sensitive: true, description: A token of it}
        - {name: pageSize, type: integer, default: 100}
      """)
  }

  private func config(_ arguments: String..., environment: [String: String] = [:]) throws -> Command.Result {
    try Command.run(["config"] + arguments, in: folder.path, environment: environment)
  }

  @Test("nothing set: every setting that is needed is told, and the lines to paste are there")
  func untouched() throws {
    let result = try config()
    #expect(result.status == 1)
    #expect(result.output.contains("Nothing is set yet. These lines go into .env"))
    #expect(result.output.contains("OCEAN__INTEGRATION__CONFIG__SITE_HOST=\n"))
    #expect(result.output.contains("default"))
    #expect(result.errors.components(separatedBy: "[missing-configuration]").count == 3)
  }

  @Test("all set: values and where they are from; of a secret nothing, in no format")
  func whole() throws {
    try folder.write(".env", "OCEAN__INTEGRATION__CONFIG__SITE_TOKEN=s3cr3t-Value\n")
    let environment = ["OCEAN__INTEGRATION__CONFIG__SITE_HOST": "https://example.com/"]
    let text = try config("one", environment: environment)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.contains("https://example.com  environment"))
    #expect(text.output.contains("••••"))
    #expect(text.output.contains(".env:1"))
    let json = try config("one", "--format", "json", environment: environment)
    #expect(json.status == 0)
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let integration = (document?["integrations"] as? [[String: Any]])?.first
    let settings = integration?["settings"] as? [[String: Any]]
    #expect(settings?.map { $0["origin"] as? String } == ["environment", "file", "default"])
    #expect(settings?.map { $0["set"] as? Bool } == [true, true, true])
    #expect(settings?[0]["value"] as? String == "https://example.com")
    #expect(settings?[1]["value"] == nil)
    #expect(!(text.output + json.output).contains("3cr3t"))
  }

  @Test("a value that is wrong is not shown as one that holds; a problem is in the JSON, too")
  func wrong() throws {
    try folder.write(
      "config.yaml", "integration: {config: {siteHost: example.com, siteToken: s3cr3t-Value}}")
    let text = try config("one")
    #expect(text.status == 1)
    #expect(text.output.contains("not usable"))
    #expect(text.errors.contains("config.yaml:1:24: error: `siteHost` is not an address"))
    #expect(text.errors.contains("[exposed-secret]"))
    let json = try config("one", "--format", "json")
    #expect(json.status == 1 && json.errors.isEmpty)
    #expect(json.output.contains("\"rule\": \"wrong-configuration\""))
    #expect(!(text.output + text.errors + json.output).contains("3cr3t"))
  }

  @Test("what serve is told is there, too, in both formats; what is wrong with it is an error")
  func service() throws {
    var environment = [
      "OCEAN__INTEGRATION__CONFIG__SITE_HOST": "https://example.com",
      "OCEAN__INTEGRATION__CONFIG__SITE_TOKEN": "t", "OCEAN__EVENT_LISTENER__TYPE": "WEBHOOK",
      "OCEAN__EVENT_LISTENER__SECRET": "s3cr3t-Value",
    ]
    let text = try config("one", environment: environment)
    #expect(text.status == 0 && text.errors.isEmpty)
    #expect(text.output.contains("\n  for serve:\n"))
    #expect(text.output.contains(/eventListener\.type +WEBHOOK +environment/))
    #expect(text.output.contains(/eventWorkersCount +8 +default/))
    let json = try config("one", "--format", "json", environment: environment)
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let integration = (document?["integrations"] as? [[String: Any]])?.first
    let service = integration?["service"] as? [[String: Any]]
    #expect(
      service?.first { $0["name"] as? String == "eventListener.type" }?["value"] as? String == "WEBHOOK")
    #expect(!(text.output + json.output).contains("3cr3t"))
    environment["OCEAN__EVENT_LISTENER__TYPE"] = "WEBHOK"
    let wrong = try config("one", environment: environment)
    #expect(wrong.status == 1 && wrong.errors.contains("is \"WEBHOK\", which is not allowed"))
  }

  @Test("no integration, or none with a specification, is status 2; one without costs only itself")
  func nothing() throws {
    #expect(try config("nosuch").status == 2)
    try folder.write(".port/two/resources/port-app-config.yml", workingConfig)
    let two = try config("two")
    #expect(two.status == 2 && two.errors.contains("two has no spec.yml"))
    let both = try config()
    #expect(
      both.status == 1 && both.output.contains("siteHost") && both.errors.contains("two has no spec.yml"))
  }
}
