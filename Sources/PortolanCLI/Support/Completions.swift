import ArgumentParser
import Portolan
import PortolanHTTP

/// What a shell offers to complete an argument with.
enum Completions {
  /// The names of the integrations that are found from the current folder.
  static let integration = CompletionKind.custom { _, _, _ in integrations.map(\.name) }

  /// The kinds of the integrations and configs that the command names, or of all that are here.
  static let kind = CompletionKind.custom { words, _, _ in CompletionWords(words, integrations).kinds }

  /// The fields of the kind that the command names.
  static let field = CompletionKind.custom { words, _, _ in CompletionWords(words, integrations).fields }

  /// A config's file.
  static let config = CompletionKind.file(extensions: ["yml", "yaml"])

  /// The names of integrations, and paths of YAML files.
  static let integrationOrFile = CompletionKind.custom { _, _, prefix in
    integrations.map(\.name) + files(prefix)
  }

  private static var integrations: [Integration] { Integration.find(from: ".") }

  /// The YAML files and the folders whose path begins with `prefix`; those that hide only where they are asked for.
  private static func files(_ prefix: String) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let isHidden = prefix.dropFirst(folder.count).hasPrefix(".")
    return FolderListing.names(folder.isEmpty ? "." : folder).compactMap { name in
      guard name.hasPrefix(".") == isHidden else { return nil }
      let path = folder + name
      if FolderListing.isFolder(path) { return path + "/" }
      return name.hasSuffix(".yml") || name.hasSuffix(".yaml") ? path : nil
    }
  }
}

/// The words of a command that is being typed, as far as they say whose kinds are meant.
struct CompletionWords {
  private let words: [String]
  private let configPaths: [String]

  init(_ words: [String], _ integrations: [Integration]) {
    self.words = words
    let given = zip(words, words.dropFirst()).filter { $0.0 == "--config" }.map(\.1)
    let named = integrations.filter { words.contains($0.name) }
    configPaths = !given.isEmpty ? given : (named.isEmpty ? integrations : named).map(\.configPath)
  }

  private var configs: [PortAppConfig] { configPaths.compactMap { try? PortAppConfig(contentsOf: $0) } }

  /// The kinds that the configs map.
  var kinds: [String] { configs.flatMap(\.resources).map(\.kind).unique }

  /// The places of the fields of the kinds among the words, or of all kinds.
  var fields: [String] {
    let named = Set(words)
    return configs.flatMap { config in
      let kinds = config.resources.map(\.kind).unique
      let chosen = kinds.filter(named.contains)
      let explainer = Explainer(config, fixtures: FixtureFolder("."))
      return (chosen.isEmpty ? kinds : chosen).flatMap(explainer.fields)
    }.unique
  }
}
