/// A part of what Ocean's users set: which variables and which keys of a file it is.
struct ConfigurationSection: Sendable, Hashable {
  /// The keys that lead to it in a `config.yaml`: `integration`, `config`.
  let keys: [String]
  /// The names of its settings as variables have them, where others of it are somebody else's; nil for all.
  var names: Set<String>?
  /// What variables of single settings may begin with instead of ``prefix``.
  var shortPrefix: String?

  /// The variable of all its settings: `OCEAN__INTEGRATION__CONFIG`.
  var block: String {
    (["OCEAN"] + keys.map { SettingName.snake($0).uppercased() }).joined(separator: "__")
  }
  /// What the variable of a single setting begins with.
  var prefix: String { block + "__" }
  /// The variable of what it is a part of, nil where it is a part of nothing.
  var outer: String? { keys.count > 1 ? "OCEAN__" + keys[0].uppercased() : nil }

  /// The environment variable that sets what is called `name`.
  func variable(for name: String) -> String { prefix + SettingName.snake(name).uppercased() }

  /// Whether a setting, by its name in variables, may be one of these.
  func takes(_ name: String) -> Bool { names?.contains(name) ?? true }

  /// What `spec.yml` lets a user set.
  static let config = ConfigurationSection(keys: ["integration", "config"])
  /// Which integration it is.
  static let integration = ConfigurationSection(keys: ["integration"], names: ["type", "identifier"])
  /// What asks an integration to resync.
  static let listener = ConfigurationSection(keys: ["eventListener"])
  /// How an integration runs as a service.
  static let service = ConfigurationSection(
    keys: [], names: Set(ServiceConfiguration.names.map(SettingName.snake)))
  /// What Port is asked with.
  static let port = ConfigurationSection(
    keys: ["port"], names: ["client_id", "client_secret", "base_url"], shortPrefix: "PORT_")
}
