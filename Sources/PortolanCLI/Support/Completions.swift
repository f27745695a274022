import ArgumentParser
import Portolan

/// What a shell offers to complete an argument with.
enum Completions {
  /// The names of the integrations that are found from the current folder.
  static let integration = CompletionKind.custom { _, _, _ in Integration.find(from: ".").map(\.name) }

  /// The kinds that their configs map.
  static let kind = CompletionKind.custom { _, _, _ in kinds }

  /// A config's file.
  static let config = CompletionKind.file(extensions: ["yml", "yaml"])

  private static var kinds: [String] {
    Integration.find(from: ".").flatMap { integration in
      ((try? PortAppConfig(contentsOf: integration.configPath))?.resources ?? []).map(\.kind)
    }.unique
  }
}
