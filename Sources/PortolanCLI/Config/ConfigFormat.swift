import ArgumentParser

/// How a configuration is printed.
enum ConfigFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One document.
  case json
}
