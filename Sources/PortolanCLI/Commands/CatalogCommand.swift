import ArgumentParser

/// `portolan catalog`
struct CatalogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Use a catalog on this machine: one file.",
    subcommands: [CatalogServeCommand.self])
}
