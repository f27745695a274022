/// Where an integration's files are: what a user edits.
public struct Integration: Sendable, Hashable {
  /// Its name: the folder under `.port`, or the folder that holds `.port/resources`.
  public var name: String
  /// The `port-app-config.yml`.
  public var configPath: String
  /// The folder with raw objects by kind.
  public var fixturesPath: String
  /// The `spec.yml`, nil where there is none.
  public var specPath: String?
  /// The `blueprints.json`, nil where there is none.
  public var blueprintsPath: String?
}

extension Integration {
  /// The integrations that `folder` holds, by name.
  ///
  /// Two layouts are known. Portolan's has `.port/<name>/resources/port-app-config.yml` and
  /// `Fixtures/<name>` for any number of integrations; an Ocean integration has
  /// `.port/resources/port-app-config.yml` and `.port/examples` for one. A folder
  /// `.port/<name>` itself stands for its integration.
  public static func find(in folder: String) -> [Integration] {
    let port = join(folder, ".port")
    if let ocean = ocean(folder, port) { return [ocean] }
    let children = FolderListing.names(port).compactMap { name in
      integration(name: name, folder: join(port, name), fixtures: join(folder, "Fixtures/\(name)"))
    }
    if !children.isEmpty { return children }
    let name = baseName(folder)
    return [integration(name: name, folder: folder, fixtures: join(folder, "../../Fixtures/\(name)"))]
      .compactMap { $0 }
  }

  private static func ocean(_ folder: String, _ port: String) -> Integration? {
    integration(name: baseName(folder), folder: port, fixtures: join(port, "examples"))
  }

  private static func integration(name: String, folder: String, fixtures: String) -> Integration? {
    guard let config = firstFile(join(folder, "resources"), ["port-app-config.yml", "port-app-config.yaml"])
    else { return nil }
    return Integration(
      name: name, configPath: config, fixturesPath: fixtures,
      specPath: firstFile(folder, ["spec.yml", "spec.yaml"]),
      blueprintsPath: firstFile(join(folder, "resources"), ["blueprints.json"]))
  }

  private static func firstFile(_ folder: String, _ names: [String]) -> String? {
    names.map { join(folder, $0) }.first { FolderListing.exists($0) && !FolderListing.isFolder($0) }
  }

  /// `name` in `folder`; the current folder is not written out.
  private static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The folder's own name, also where it is named by `.` or `..`.
  private static func baseName(_ folder: String) -> String {
    FolderListing.absolute(folder).split(separator: "/").last.map(String.init) ?? folder
  }
}
