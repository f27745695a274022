/// Where an integration's files are: what a user edits.
///
/// ```swift
/// for integration in Integration.find(from: ".") {
///   print(integration.name, try PortAppConfig(contentsOf: integration.configPath).resources.count)
/// }
/// ```
public struct Integration: Sendable, Hashable {
  /// Its name: the folder under `.port`, or the folder that holds `.port/resources`.
  public var name: String
  /// The folder that holds `.port`, where what a user sets is looked for.
  public var rootPath: String
  /// The `port-app-config.yml`.
  public var configPath: String
  /// The folder with raw objects by kind.
  public var fixturesPath: String
  /// The `spec.yml`, nil where there is none.
  public var specPath: String?
  /// The `fetcher.yml`, which says how its kinds are fetched; nil where there is none.
  public var fetcherPath: String?
  /// The `blueprints.json`, nil where there is none.
  public var blueprintsPath: String?
}

extension Integration {
  /// What its project calls it where that is one of Port's own, or else its name: in Portolan's layout, a project is
  /// not the integration's, but holds any number of them.
  package var typeName: String {
    let project = PythonProject(in: rootPath).name
    return project.flatMap { IntegrationType($0) == nil ? nil : $0 } ?? name
  }

  /// The integrations that `folder` holds, by name.
  ///
  /// Three layouts are known. Portolan's has `.port/<name>/resources/port-app-config.yml` and
  /// `Fixtures/<name>`, or else `.port/<name>/fixtures`, for any number of integrations; an Ocean integration has
  /// `.port/resources/port-app-config.yml` and `.port/examples` for one. And a team keeps one config in its
  /// repository, as Port's Git integrations read it: `.github/port-app-config.yml`, `.port/port-app-config.yml` or
  /// `port-app-config.yml`, the first of them. The folder `.port` stands for the one that holds it, and
  /// `.port/<name>` for its integration.
  public static func find(in folder: String) -> [Integration] {
    let folder = PathText.tidy(folder)
    let parent = PathText.parent(folder)
    if [portFolder, gitHubFolder].contains(PathText.baseName(folder)) { return find(in: parent) }
    if PathText.baseName(parent) == portFolder {
      let name = PathText.baseName(folder)
      return [own(name, folder: folder, root: PathText.parent(parent))].compactMap { $0 }
    }
    let port = PathText.join(folder, portFolder)
    let ocean = integration(
      name: PathText.baseName(folder), root: folder, folder: port, fixtures: PathText.join(port, "examples"))
    if let ocean { return [ocean] }
    return FolderListing.names(port).compactMap { own($0, folder: PathText.join(port, $0), root: folder) }
      + [team(in: folder)].compactMap { $0 }
  }

  /// The integrations that the folders in `folder` hold, each with a `.port` of its own, as in a checkout of Ocean.
  package static func find(below folder: String) -> [Integration] {
    let folder = PathText.tidy(folder)
    return FolderListing.names(folder).flatMap { name -> [Integration] in
      let inner = PathText.join(folder, name)
      return FolderListing.isFolder(PathText.join(inner, portFolder)) ? find(in: inner) : []
    }
  }

  /// The integrations of the nearest folder that holds some: `folder` itself, the one that holds it, and
  /// so on up to the root, as git looks for its repository.
  public static func find(from folder: String) -> [Integration] {
    var folder = PathText.tidy(folder)
    for _ in 0...FolderListing.absolute(folder).split(separator: "/").count {
      let found = find(in: folder)
      if !found.isEmpty { return found }
      folder = PathText.parent(folder)
    }
    return []
  }

  /// What a `fetcher.yml` may be called.
  package static let fetcherNames = ["fetcher.yml", "fetcher.yaml"]

  /// What a config is called.
  package static let configNames = ["port-app-config.yml", "port-app-config.yaml"]

  private static let portFolder = ".port"
  private static let gitHubFolder = ".github"

  /// The one config that a team keeps in the repository at `root`.
  private static func team(in root: String) -> Integration? {
    // A folder of that name is a part of an integration.
    guard PathText.baseName(root) != "resources" else { return nil }
    let places = [gitHubFolder, portFolder, "."].map { PathText.join(root, $0) }
    guard let config = places.lazy.compactMap({ firstFile($0, configNames) }).first else { return nil }
    let name = PathText.baseName(root)
    let fixtures = ["Fixtures/\(name)", "Fixtures", "\(portFolder)/examples", "examples"]
      .map { PathText.join(root, $0) }
    let folder = PathText.join(config, "..")
    return Integration(
      name: name, rootPath: root, configPath: config,
      fixturesPath: fixtures.first { FolderListing.isFolder($0) } ?? PathText.join(root, "Fixtures"),
      specPath: firstFile(folder, ["spec.yml", "spec.yaml"]), fetcherPath: firstFile(folder, fetcherNames),
      blueprintsPath: [folder, PathText.join(root, portFolder)].lazy
        .compactMap { firstFile($0, ["blueprints.json"]) }.first)
  }

  /// The integration `name` of several under `root`.
  private static func own(_ name: String, folder: String, root: String) -> Integration? {
    let usual = PathText.join(root, "Fixtures/\(name)")
    let beside = ["fixtures", "Fixtures", "examples"].map { PathText.join(folder, $0) }
    return integration(
      name: name, root: root, folder: folder,
      fixtures: ([usual] + beside).first { FolderListing.isFolder($0) } ?? usual)
  }

  private static func integration(
    name: String, root: String, folder: String, fixtures: String
  ) -> Integration? {
    let resources = PathText.join(folder, "resources")
    guard let config = firstFile(resources, configNames) else {
      return nil
    }
    return Integration(
      name: name, rootPath: root, configPath: config, fixturesPath: fixtures,
      specPath: firstFile(folder, ["spec.yml", "spec.yaml"]),
      fetcherPath: firstFile(folder, fetcherNames),
      blueprintsPath: firstFile(resources, ["blueprints.json"]))
  }

  private static func firstFile(_ folder: String, _ names: [String]) -> String? {
    names.map { PathText.join(folder, $0) }.first { FolderListing.isFile($0) }
  }
}
