import RawJSON

/// What a user has set for an integration: its host, its token, …, from the environment and files, by the conventions
/// of Ocean's users and checked against its `spec.yml`.
///
/// A setting is taken from the first of these that has it:
/// 1. the environment: `OCEAN__INTEGRATION__CONFIG__JIRA_HOST`, or a JSON object for many at once in
///    `OCEAN__INTEGRATION__CONFIG` or `OCEAN__INTEGRATION`,
/// 2. the same names in a file `.env`,
/// 3. `integration: {config: {jiraHost: …}}` in a `config.yaml`,
/// 4. the default in `spec.yml`.
///
/// ```swift
/// let spec = try IntegrationSpec.load(contentsOf: ".port/jira/spec.yml")
/// let configuration = IntegrationConfiguration.load(
///   for: spec, in: ".", environment: ["OCEAN__INTEGRATION__CONFIG__JIRA_HOST": "https://example.atlassian.net"])
/// for problem in configuration.diagnostics { print(problem.text()) }
/// print(configuration["jiraHost"]?.text ?? "not set")
/// ```
public struct IntegrationConfiguration: Sendable {
  /// A setting of the specification, and what holds for it.
  public struct Setting: Sendable, Hashable {
    /// Its name as `spec.yml` has it: `jiraHost`.
    public var name: String
    /// Its value as JSON of the type that `spec.yml` says; nil where it has none, or one that is not right.
    public var json: String?
    /// Where the value is from.
    public var origin: Origin
    /// Whether it is a secret, which nothing may show.
    public var isSensitive: Bool
    /// Whether the integration cannot run without it, as things are set.
    public var isRequired: Bool
  }

  /// Where a setting's value is from.
  public enum Origin: Sendable, Hashable {
    /// The environment variable of that name.
    case environment(variable: String)
    /// A place in `.env` or `config.yaml`.
    case file(SourceLocation)
    /// The default in `spec.yml`.
    case standard
    /// Nowhere: it is not set.
    case missing
  }

  /// The settings, in the order of `spec.yml`.
  public var settings: [Setting]
  /// Everything that is wrong or doubtful. No message holds a secret, nor a part of one.
  public var diagnostics: [Diagnostic]
  /// The values that nothing may show: all that sensitive settings are given, also where another one holds.
  public var secrets: [String]

  /// The configuration that holds for an integration.
  ///
  /// - Parameters:
  ///   - spec: what can be set.
  ///   - folder: the one that holds `.port`, where `.env` and `config.yaml` are looked for. See
  ///     ``Integration/rootPath``.
  ///   - environment: the process's variables, or those of them that may be used.
  /// - Returns: always one; what is wrong is in its ``diagnostics``, an error for each thing that keeps the integration
  ///   from running.
  public static func load(
    for spec: IntegrationSpec, in folder: String, environment: [String: String]
  ) -> IntegrationConfiguration {
    ConfigurationJudge(spec, ConfigurationSources(folder: folder, environment: environment)).judge()
  }

  /// All settings that have a value, as the JSON object that fetchers get: `{"jiraHost": "https://…"}`.
  public var json: [UInt8] {
    JSONWriter.object { object in
      for setting in settings {
        if let json = setting.json { object.add(setting.name, json: json.utf8) }
      }
    }
  }

  /// The value of the setting called `name`, nil where it has none.
  public subscript(name: String) -> JSONView? {
    settings.first { $0.name == name }?.json.map { JSONView(valid: Array($0.utf8)) }
  }

  /// The environment variable that sets what `spec.yml` calls `name`: `OCEAN__INTEGRATION__CONFIG__JIRA_HOST`.
  public static func variable(for name: String) -> String {
    ConfigurationSection.config.variable(for: name)
  }
}

extension Diagnostic.Rule {
  /// A setting that an integration needs, and that is not set.
  public static let missingConfiguration = Self("missing-configuration")
  /// A setting's value is not what `spec.yml` says.
  public static let wrongConfiguration = Self("wrong-configuration")
  /// A secret stands in a file that is likely to be committed.
  public static let exposedSecret = Self("exposed-secret")
  /// A line of `.env` that sets nothing, or a variable that should be a JSON object and is none.
  public static let invalidVariable = Self("invalid-variable")
}
