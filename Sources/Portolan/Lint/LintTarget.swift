/// A config to lint, and the files that it must agree with.
public struct LintTarget: Sendable, Hashable {
  /// The `port-app-config.yml`.
  public var configPath: String
  /// The `spec.yml`, nil where there is none.
  public var specPath: String?
  /// The `fetcher.yml`, nil where there is none.
  public var fetcherPath: String?
  /// The `blueprints.json`, nil where there is none.
  public var blueprintsPath: String?
  /// The project's ``ProjectFile``, nil where there is none.
  public var projectPath: String?

  /// The name of the integration, as `jira`: what it reads beside the grammar is known of Port's own. Nil where it
  /// is not known. A `type` in the `spec.yml` goes before it.
  public var integrationType: String?
  /// The folder with raw objects by kind, nil where there is none.
  public var fixturesPath: String?

  /// Creates a target.
  public init(
    configPath: String, specPath: String? = nil, fetcherPath: String? = nil, blueprintsPath: String? = nil,
    projectPath: String? = nil, integrationType: String? = nil, fixturesPath: String? = nil
  ) {
    self.configPath = configPath
    self.specPath = specPath
    self.fetcherPath = fetcherPath
    self.blueprintsPath = blueprintsPath
    self.projectPath = projectPath
    self.integrationType = integrationType
    self.fixturesPath = fixturesPath
  }

  /// An integration's config.
  public init(_ integration: Integration) {
    self.init(
      configPath: integration.configPath, specPath: integration.specPath,
      fetcherPath: integration.fetcherPath, blueprintsPath: integration.blueprintsPath,
      projectPath: ProjectFile.path(from: PathText.parent(integration.configPath)),
      integrationType: integration.typeName, fixturesPath: integration.fixturesPath)
  }

  /// The config at `path`, with the `blueprints.json` beside it and, where it lies in an integration's
  /// `resources` folder, that integration's `spec.yml` and `fetcher.yml`; and the project's file, if there is one.
  public static func config(at path: String) -> LintTarget {
    let folder = PathText.parent(path)
    let integrations =
      PathText.baseName(folder) == "resources" ? Integration.find(in: PathText.parent(folder)) : []
    let integration = integrations.count == 1 ? integrations[0] : nil
    let blueprints = PathText.join(folder, "blueprints.json")
    return LintTarget(
      configPath: path, specPath: integration?.specPath, fetcherPath: integration?.fetcherPath,
      blueprintsPath: FolderListing.isFile(blueprints) ? blueprints : nil,
      projectPath: ProjectFile.path(from: folder),
      integrationType: integration?.typeName, fixturesPath: integration?.fixturesPath)
  }
}
