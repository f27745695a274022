/// What an integration can fetch, and what it must be told to do so: its `spec.yml`.
///
/// ```swift
/// let spec = try IntegrationSpec.load(contentsOf: ".port/jira/spec.yml")
/// let secrets = spec.configurations.filter(\.sensitive).map(\.name)
/// print(spec.kinds, secrets)
/// ```
public struct IntegrationSpec: Sendable, Hashable {
  /// What its file is called: `spec.yml` or `spec.yaml`.
  public var fileName = "spec.yml"
  /// The integration's type, as `jira`; nil where the file does not say.
  public var type: String?
  /// The name that people see, nil where there is none.
  public var title: String?
  /// What the integration is for, nil where the file does not say.
  public var description: String?
  /// The kinds of raw objects, in the file's order.
  public var kinds: [String]
  /// What a user sets before it runs, in the file's order.
  public var configurations: [Configuration]
  /// What is wrong with the file, in its order. What is wrong is left out above.
  public var diagnostics: [Diagnostic] = []

  /// Something that a user sets: a host, a token, …
  public struct Configuration: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What its value is, in the file's word: `string`, `url`, `integer`, `boolean`, …
    public var type: String
    /// Whether the integration cannot run without it.
    public var required: Bool
    /// Whether it is a secret, which nothing may show.
    public var sensitive: Bool
    /// The value where the user sets none, as JSON; nil where there is none.
    public var defaultJSON: String?
    /// The values that it can have, each as JSON; empty for any.
    public var allowedValues: [String]
    /// When other settings make it necessary.
    public var dependencies: [Dependency]
    /// What it is, nil where the file does not say.
    public var description: String?

    /// Creates a configuration.
    public init(
      name: String, type: String = "string", required: Bool = false, sensitive: Bool = false,
      defaultJSON: String? = nil, allowedValues: [String] = [], dependencies: [Dependency] = [],
      description: String? = nil
    ) {
      self.name = name
      self.type = type
      self.required = required
      self.sensitive = sensitive
      self.defaultJSON = defaultJSON
      self.allowedValues = allowedValues
      self.dependencies = dependencies
      self.description = description
    }
  }

  /// When another setting makes one necessary.
  public struct Dependency: Sendable, Hashable {
    /// The name of the other setting.
    public var on: String
    /// The values of it, each as JSON, with any of which this one is necessary.
    public var values: [String]

    /// Creates a dependency.
    public init(on: String, values: [String]) {
      self.on = on
      self.values = values
    }
  }

  /// Creates a specification.
  public init(
    title: String? = nil, description: String? = nil, kinds: [String], configurations: [Configuration] = []
  ) {
    self.title = title
    self.description = description
    self.kinds = kinds
    self.configurations = configurations
  }

  /// Reads a file: the kinds are under `features`, in each one's `resources`.
  ///
  /// - Throws: ``DiagnosticsError`` where the file cannot be read or is not YAML. What else is wrong with it
  ///   is in ``diagnostics``.
  public static func load(contentsOf path: String) throws(DiagnosticsError) -> IntegrationSpec {
    IntegrationSpec(try DocumentReader.read(contentsOf: path, by: .spec))
  }

  private init(_ document: DocumentReader.Document) {
    let root = document.root
    fileName = PathText.baseName(document.file)
    type = root.text("type")
    title = root.text("title")
    description = root.text("description")
    kinds = (root["features"]?.elements ?? []).flatMap { $0["resources"]?.elements ?? [] }
      .compactMap { $0.text("kind") }
    configurations = (root["configurations"]?.elements ?? []).compactMap(Configuration.init)
    diagnostics = document.problems
  }
}

extension IntegrationSpec.Configuration {
  /// Nil where it has no name.
  fileprivate init?(_ node: DocumentNode) {
    guard let name = node.text("name") else { return nil }
    self.init(
      name: name, type: node.text("type") ?? "", required: node.flag("required"),
      sensitive: node.flag("sensitive"), defaultJSON: node["default"]?.yaml.json(),
      allowedValues: node["enum"]?.yaml.sequence?.map { $0.json() } ?? [],
      dependencies: (node["dependencies"]?.elements ?? []).compactMap(IntegrationSpec.Dependency.init),
      description: node.text("description"))
  }
}

extension IntegrationSpec.Dependency {
  /// Nil where it names no other setting, or nothing follows.
  fileprivate init?(_ node: DocumentNode) {
    guard let other = node.text("on"), node["then"]?.flag("required") == true else { return nil }
    let condition = node["when"]
    let values = [condition?["equals"]?.yaml].compactMap { $0 } + (condition?["in"]?.yaml.sequence ?? [])
    self.init(on: other, values: values.map { $0.json() })
  }
}
