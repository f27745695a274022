import TestSupport
import Testing

@testable import Portolan

@Suite("An integration's configuration")
struct IntegrationConfigurationTests {
  @Test("the environment before .env, that before config.yaml, and that before the default")
  func precedence() throws {
    let yaml = "integration: {config: {jiraHost: 'https://yaml', page_size: 3, authType: basic}}"
    let env = "\(variable("JIRA_HOST"))=https://dotenv\n\(variable("PAGE_SIZE"))=2\n"
    let all = try configured([variable("JIRA_HOST"): "https://environment"], env: env, yaml: yaml)
    #expect(all.text == #"{"jiraHost":"https://environment","pageSize":2,"authType":"basic"}"#)
    let origins = all.settings.map(\.origin)
    #expect(origins[0] == .environment(variable: variable("JIRA_HOST")))
    #expect(origins[1] == .missing)
    guard case .file(let line) = origins[2], case .file(let place) = origins[7] else {
      Issue.record("not from a file: \(origins)")
      return
    }
    #expect(line.file.hasSuffix("/.env") && line.line == 2)
    #expect(place.file.hasSuffix("/config.yaml") && place.column == 64)
    let least = try configured()
    #expect(least.settings[2].json == "100" && least.settings[2].origin == .standard)
  }

  @Test("an object with many settings, in camel case or with underscores; the variable of one comes first")
  func blocks() throws {
    let block = try configured([
      "OCEAN__INTEGRATION__CONFIG": #"{"jiraHost": "https://block", "page_size": 7, "isCloud": true}"#,
      variable("JIRA_HOST"): "https://single",
    ])
    #expect(block.text == #"{"jiraHost":"https://single","pageSize":7,"isCloud":true}"#)
    let whole = try configured(["ocean__integration": #"{"config": {"projects": ["a"]}, "type": "x"}"#])
    #expect(whole.text == #"{"pageSize":100,"projects":["a"]}"#)
    for bad in ["{", "[]", "5"] {
      let broken = try configured(["OCEAN__INTEGRATION__CONFIG": bad])
      #expect(broken.messages(.invalidVariable).count == 1)
    }
  }

  @Test("variables in small letters, and members of an object")
  func names() throws {
    let found = try configured([
      variable("labels__team").lowercased(): "one", variable("LABELS__SIZE"): "5",
      variable("LABELS"): #"{"Team": "zero", "other": [1]}"#,
    ])
    #expect(found["labels"]?.json == #"{"Team":"one","other":[1],"size":5}"#)
    #expect(found.messages(.unknownConfiguration).isEmpty)
  }

  @Test(
    "values take the type that spec.yml says",
    arguments: [
      ("JIRA_HOST", "https://example.com:8443/base//", #""https://example.com:8443/base""#),
      ("PAGE_SIZE", "050", "50"), ("IS_CLOUD", "Yes", "true"), ("IS_CLOUD", "0", "false"),
      ("RATIO", "1.50", "1.50"), ("RATIO", "12345678901234567890", "12345678901234567890"),
      ("LABELS", #"{ "a" : 1.0 }"#, #"{"a":1.0}"#), ("PROJECTS", "[]", "[]"),
      ("AUTH_TYPE", "oauth", #""oauth""#),
      ("CLIENT_ID", "007", #""007""#),
    ])
  func types(name: String, value: String, json: String) throws {
    let found = try configured([variable(name): value])
    #expect(found.settings.contains { $0.json == json }, "\(found.text)")
    #expect(found.messages(.wrongConfiguration).isEmpty)
  }

  @Test(
    "a value of another type is told with its variable, and has no value",
    arguments: [
      ("JIRA_HOST", "example.com"), ("JIRA_HOST", "https://"), ("JIRA_HOST", "https://:80/x"),
      ("JIRA_HOST", "https://a b"), ("JIRA_HOST", "https://user@/"), ("PAGE_SIZE", "1.5"),
      ("PAGE_SIZE", "many"), ("IS_CLOUD", "maybe"), ("RATIO", "1,5"), ("RATIO", "nan"), ("LABELS", "a=b"),
      ("LABELS", "[]"), ("PROJECTS", "a,b"), ("AUTH_TYPE", "Basic"),
    ])
  func wrongTypes(name: String, value: String) throws {
    let found = try configured([variable(name): value])
    #expect(found.messages(.wrongConfiguration).count == 1)
    #expect(found.messages(.wrongConfiguration).first?.contains(variable(name)) == true)
    let setting = try #require(
      found.settings.first { IntegrationConfiguration.variable(for: $0.name) == variable(name) })
    #expect(setting.json == nil && setting.origin == .environment(variable: variable(name)))
    #expect(found.messages(.missingConfiguration).allSatisfy { !$0.contains(setting.name) })
  }

  @Test(
    "what is needed and not set is told with what to set, also where it is empty or another setting asks for it"
  )
  func missing() throws {
    let found = try configured([variable("AUTH_TYPE"): "oauth"], env: "\(variable("API_TOKEN"))=\n")
    let missing = found.diagnostics.filter { $0.rule == .missingConfiguration }
    #expect(missing.map(\.severity) == [.error, .error, .error])
    #expect(missing[0].message == "jiraHost is not set: The address of the site")
    #expect(missing[0].help?.contains(variable("JIRA_HOST")) == true)
    #expect(missing[0].help?.contains("config.yaml") == true)
    #expect(missing[1].message.contains("is empty") && missing[1].location?.line == 1)
    #expect(missing[1].help?.contains("config.yaml") == false)
    #expect(missing[2].message.contains("clientId"))
    #expect(found.settings.map(\.isRequired).filter { $0 }.count == 3)
    #expect(
      try !configured([variable("AUTH_TYPE"): "basic"]).messages(.missingConfiguration).joined().contains(
        "clientId"))
  }

  @Test("a name that spec.yml does not have is told with the one that was meant")
  func unknown() throws {
    let found = try configured(
      [variable("JIRA_HOTS"): "https://a"], env: "\(variable("PAGE_SIZE__X"))=1",
      yaml: "integration: {type: jira, config: {apiTokn: x}}\nport: {}")
    let unknown = found.diagnostics.filter { $0.rule == .unknownConfiguration }
    #expect(unknown.map(\.severity) == [.warning, .warning, .warning])
    #expect(unknown[0].help == "did you mean `\(variable("JIRA_HOST"))`?")
    #expect(unknown[1].location?.line == 1)
    #expect(unknown[2].help == "did you mean `apiToken`?" && unknown[2].location?.line == 1)
    #expect(
      try configured(["OCEAN__PORT__CLIENT_ID": "x", "PATH": "y"]).messages(.unknownConfiguration).isEmpty)
  }

  @Test("settings of an integration beside this one, which shares the files, are not unknown")
  func siblings() throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/other/resources/port-app-config.yml", "resources: []")
    try folder.write(".port/other/spec.yml", "configurations: [{name: otherKey}]")
    let found = IntegrationConfiguration.load(
      for: configurableSpec, in: folder.path,
      environment: [variable("OTHER_KEY"): "x", variable("NO_KEY"): "y"])
    #expect(found.messages(.unknownConfiguration).map { $0.contains("NO_KEY") } == [true])
  }

  @Test(
    "config.yaml takes values from the environment and .env; a variable that is not set leaves the key out")
  func references() throws {
    let yaml = #"""
      integration:
        config:
          jiraHost: "{{ from env SITE }}"
          apiToken: "{{ from env TOKEN }}"
          authType: "{{ from env NOWHERE }}"
          pageSize: 5
          projects: [a, {b: 1}]
      """#
    let found = try configured(["SITE": "https://site"], env: "TOKEN=secret-token", yaml: yaml)
    #expect(
      found.text
        == #"{"jiraHost":"https://site","apiToken":"secret-token","pageSize":5,"projects":["a",{"b":1}]}"#)
    #expect(found.diagnostics.isEmpty)
  }

  @Test("a secret is in no message, whatever is wrong with it, and its line is not shown")
  func secrets() throws {
    let secret = "s3cr3t-Value"
    let spec = IntegrationSpec(
      kinds: [],
      configurations: ["url", "boolean", "integer", "number", "object", "array", "string"].map {
        .init(name: "the" + $0.capitalized, type: $0, sensitive: true, allowedValues: [#""other""#])
      })
    let names = spec.configurations.map(\.name)
    let env = names.map { IntegrationConfiguration.variable(for: $0) + "=" + secret }.joined(separator: "\n")
    let yaml = "integration:\n  config:\n" + names.map { "    \($0): \(secret)\n" }.joined()
    let broken = "integration: {config: {a: *\(secret)}}"
    let found = [
      try configured(env: env + "\nnot a line \(secret)", yaml: yaml, spec: spec),
      try configured(yaml: yaml, spec: spec), try configured(yaml: broken, spec: spec),
      try configured(["OCEAN__INTEGRATION__CONFIG": "{\"a\": \"\(secret)\""], spec: spec),
      try configured(env: variable(secret) + "__=\"" + secret, spec: spec),
    ]
    #expect(found[0].secrets == [secret])
    #expect(found[0].messages(.wrongConfiguration).count == names.count)
    #expect(found[1].messages(.exposedSecret).count == names.count)
    for diagnostic in found.flatMap(\.diagnostics) {
      #expect(!diagnostic.text().contains("3cr3t"), "\(diagnostic.text())")
    }
    #expect(found.allSatisfy { !$0.diagnostics.isEmpty })
  }

  @Test("secrets are known in every form: members of objects, and values that do not hold")
  func secretForms() throws {
    let spec = IntegrationSpec(
      kinds: [], configurations: [.init(name: "key", type: "object", sensitive: true)])
    let found = try configured(
      [variable("KEY"): #"{"id": "abc", "list": [{"pin": 12345}]}"#],
      env: "\(variable("KEY"))='{\"id\": \"old\"}'",
      spec: spec)
    #expect(Set(["abc", "12345", "old"]).isSubset(of: found.secrets))
  }
}
