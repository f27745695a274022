import JQ

/// What `portolan --version` prints.
enum Version {
  /// The version of this program, as CHANGELOG.md counts them.
  static let portolan = "0.1.0-dev"

  /// `portolan 0.1.0 (libjq 1.7)`; libjq is the one that this process has loaded.
  static var text: String { "portolan \(portolan) (libjq \(LibJQVersion.loaded.name))" }
}
