import ArgumentParser

/// `portolan catalog`
struct CatalogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Use a catalog on this machine: one file.",
    discussion: """
      `portolan sync` writes into such a catalog. Without --catalog, the one of the integration that is here is \
      meant: .port/.catalog/<name>.db.
      """,
    subcommands: [
      CatalogListCommand.self, CatalogShowCommand.self, CatalogSearchCommand.self, CatalogHistoryCommand.self,
      CatalogServeCommand.self,
    ])
}
