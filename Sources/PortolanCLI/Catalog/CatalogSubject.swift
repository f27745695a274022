import Portolan
import PortolanCatalog
import PortolanHTTP

/// What names a subject: the arguments of a command.
struct SubjectArguments {
  var integration: String?
  var config: String?
  var fixtures: String?
  /// Whether raw objects come from the API.
  var isLive: Bool
  /// The kinds that are named in arguments, which must be mapped.
  var kinds: [String] = []
  var type: String?
  var identifier: String?
  var linter: Linter
}

/// Whose entities a plan is about, what they are mapped with, and of what.
struct CatalogSubject {
  let run: PlannedRun
  let config: PortAppConfig
  let owner: Datasource
  let fetcher: any RawFetcher
  /// What is wrong or doubtful in files besides the config.
  let diagnostics: [Diagnostic]
  /// What is set for the catalog.
  let configuration: CatalogConfiguration

  /// Reads what the arguments name.
  ///
  /// - Throws: `UsageError` where that cannot be mapped.
  init(_ options: SubjectArguments, command: String) throws(UsageError) {
    run = try Self.run(options, command)
    config = try LintedConfig.read(run.lintTarget, named: run.name, options.linter)
    try Self.requireKinds(options.kinds, config)
    configuration = .load(in: run.integration?.rootPath ?? ".", environment: AllowedEnvironment.atStart)
    owner = try Self.owner(of: run, options, configuration)
    var found = configuration.diagnostics
    if options.isLive {
      guard let integration = run.integration else {
        throw UsageError(
          "--live fetches for an integration, and \(run.configPath) is a config by itself",
          "name the integration: `portolan \(command) NAME --live`")
      }
      let live = try LiveSource.fetcher(of: integration, limit: nil)
      found += live.diagnostics.filter { !found.contains($0) }
      fetcher = live
    } else {
      guard FolderListing.isFolder(run.fixturesPath) else {
        throw UsageError(
          "there is no folder \(run.fixturesPath) with raw objects",
          "name another one with --fixtures, or give --live")
      }
      fetcher = FixtureStreams(FixtureFolder(run.fixturesPath), for: config)
    }
    diagnostics = found
  }

  private static func run(_ options: SubjectArguments, _ command: String) throws(UsageError) -> PlannedRun {
    let runs = try RunSelection(
      integration: options.integration, config: options.config.map(FileArgument.path),
      fixtures: options.fixtures, blueprints: nil, hasInput: false
    ).runs()
    guard runs.count == 1, let run = runs.first else {
      throw UsageError(
        "several integrations are here: \(runs.map(\.name).joined(separator: ", "))",
        "name the one that is meant: `portolan \(command) \(runs.first?.name ?? "NAME")`, for example")
    }
    return run
  }

  private static func requireKinds(_ kinds: [String], _ config: PortAppConfig) throws(UsageError) {
    let known = config.resources.map(\.kind).unique
    guard let unknown = kinds.first(where: { !known.contains($0) }) else { return }
    throw UnknownKind(unknown, in: [config]).error(with: config.diagnostics)
  }

  /// The owner of the entities, by Ocean's rules: a type, or the integration's name in small letters.
  private static func owner(
    of run: PlannedRun, _ options: SubjectArguments, _ configuration: CatalogConfiguration
  ) throws(UsageError) -> Datasource {
    let project = run.integration.map { PythonProject(in: $0.rootPath) }
    let type = options.type ?? configuration.type ?? project?.name ?? run.name
    guard !type.isEmpty else {
      throw UsageError(
        "whose entities these are is not known: no integration was named",
        "name one, or say it: --type jira --identifier my-jira")
    }
    let identifier = options.identifier ?? configuration.identifier ?? "my-\(type.lowercased())-integration"
    guard !type.contains("/"), !identifier.contains("/") else {
      throw UsageError(
        "a type or an identifier with a slash would be taken for another one by the catalog",
        "leave the slash out of --type \(type), --identifier \(identifier)")
    }
    return Datasource(type: type, identifier: identifier, version: project?.version ?? "")
  }
}
