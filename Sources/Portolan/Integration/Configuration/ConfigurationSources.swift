/// Everything that is set for the integrations of a folder, before it is known what can be.
struct ConfigurationSources {
  /// The folder that holds `.port`.
  let folder: String
  /// Which part of it.
  let section: ConfigurationSection
  /// What is set, what holds before what does not.
  private(set) var entries: [SettingEntry] = []
  /// What is wrong with variables and files themselves.
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads the environment, `.env` and `config.yaml`.
  init(folder: String, environment: [String: String], section: ConfigurationSection = .config) {
    self.folder = folder
    self.section = section
    take(
      environment.sorted { $0.key < $1.key }.map {
        .init(name: $0.key, value: $0.value, origin: .environment(variable: $0.key))
      })
    var known = environment
    let envPath = PathText.join(folder, ".env")
    if FolderListing.isFile(envPath), let text = read(envPath) {
      let file = DotEnvFile(text, file: envPath, environment: environment)
      diagnostics += file.diagnostics
      take(file.variables.map { .init(name: $0.name, value: $0.value, origin: .file($0.location)) })
      known.merge(file.variables.map { ($0.name, $0.value) }) { first, _ in first }
    }
    let configPath = ["config.yaml", "config.yml"].map { PathText.join(folder, $0) }
      .first { FolderListing.isFile($0) }
    if let configPath {
      let file = ConfigurationFile(configPath, environment: known, section)
      entries += file.entries
      diagnostics += file.diagnostics
    }
    // A line of these files may hold a secret, whatever is wrong with it.
    for index in diagnostics.indices { diagnostics[index].isLineSecret = true }
  }

  private mutating func take(_ variables: [VariableEntries.Variable]) {
    let found = VariableEntries(variables, section)
    entries += found.entries
    diagnostics += found.diagnostics
  }

  private mutating func read(_ path: String) -> String? {
    do throws(FileError) {
      return String(decoding: try FileBytes.read(path), as: UTF8.self)
    } catch {
      diagnostics.append(error.diagnostic)
      return nil
    }
  }
}
