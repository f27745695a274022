import TestSupport

@testable import Portolan

/// The specification that most tests of configurations are about.
let configurableSpec = IntegrationSpec(
  kinds: ["issue"],
  configurations: [
    .init(name: "jiraHost", type: "url", required: true, description: "The address of the site"),
    .init(name: "apiToken", required: true, sensitive: true, description: "A token"),
    .init(name: "pageSize", type: "integer", defaultJSON: "100"),
    .init(name: "isCloud", type: "boolean"),
    .init(name: "ratio", type: "number"),
    .init(name: "labels", type: "object"),
    .init(name: "projects", type: "array"),
    .init(name: "authType", allowedValues: [#""basic""#, #""oauth""#]),
    .init(
      name: "clientId",
      dependencies: [IntegrationSpec.Dependency(on: "authType", values: [#""oauth""#])]),
  ])

/// What holds with these variables and files.
func configured(
  _ environment: [String: String] = [:], env: String? = nil, yaml: String? = nil,
  spec: IntegrationSpec = configurableSpec
) throws -> IntegrationConfiguration {
  let folder = try TemporaryFolder()
  if let env { try folder.write(".env", env) }
  if let yaml { try folder.write("config.yaml", yaml) }
  return IntegrationConfiguration.load(for: spec, in: folder.path, environment: environment)
}

/// The name of the variable that sets what is called `name` in it.
func variable(_ name: String) -> String { "OCEAN__INTEGRATION__CONFIG__" + name }

extension IntegrationConfiguration {
  /// The values by name, as one JSON text.
  var text: String { String(decoding: json, as: UTF8.self) }

  /// What is said of one rule.
  func messages(_ rule: Diagnostic.Rule) -> [String] {
    diagnostics.filter { $0.rule == rule }.map(\.message)
  }
}
