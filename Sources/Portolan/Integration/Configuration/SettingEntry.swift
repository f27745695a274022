/// A place where somebody has set something.
struct SettingEntry: Sendable {
  /// What is set: the name, and for a member of an object the keys that lead to it.
  let path: [String]
  /// What it is set to.
  let value: SettingValue
  /// Where.
  let origin: IntegrationConfiguration.Origin
  /// What a message calls it: the variable, or the key in a file.
  let spelling: String
  /// Whether it stands as it is in a `config.yaml`, rather than in something that is not committed.
  var isCommitted = false

  /// The name of the setting, as variables have it.
  var name: String { SettingName.snake(path[0]) }

  /// The file's place, nil in the environment.
  var location: SourceLocation? {
    if case .file(let location) = origin { location } else { nil }
  }
}
