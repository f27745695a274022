import ArgumentParser
import Portolan
import PortolanCatalog

/// Which local catalog: the option of the commands that look into one.
struct CatalogFileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The catalog's file, instead of the one of the integration that is here.", valueName: "file"),
    completion: .file(extensions: ["db"]))
  var catalog: String?

  /// The option as it was given, for commands that are proposed.
  var option: String { catalog.map { " --catalog \(ShellWord.quoted($0))" } ?? "" }

  /// Opens the catalog.
  ///
  /// - Throws: `UsageError` where there is none, or several.
  func open() throws(UsageError) -> LocalCatalog {
    let path = try path()
    do {
      return try LocalCatalog(path: path)
    } catch {
      throw UsageError(catalog: error)
    }
  }

  /// The catalog's file for a command that makes one where there is none: the one that is named, the one of the
  /// integration that is here, or `catalog.db` where no integration is. `file` is another way to name it.
  ///
  /// - Throws: `UsageError` where several may be meant.
  func made(_ file: String?) throws(UsageError) -> String {
    if let named = file ?? catalog { return named }
    let targets = Integration.find(from: ".").compactMap { try? CatalogTarget(nil, of: $0) }
    let known = targets.filter { !$0.isNew }
    guard let target = known.first ?? targets.first, let path = target.name else { return "catalog.db" }
    guard known.count == 1 || targets.count == 1 else {
      throw UsageError(
        "several integrations are here, and which one's catalog is meant is not known",
        "name it, as --catalog \(ShellWord.quoted(path))")
    }
    try target.prepareFolder()
    return path
  }

  private func path() throws(UsageError) -> String {
    if let catalog {
      guard FolderListing.isFile(catalog) else {
        throw UsageError(
          "there is no catalog \(catalog)", "`portolan sync --to \(ShellWord.quoted(catalog))` makes one")
      }
      return catalog
    }
    let found = Integration.find(from: ".").compactMap { try? CatalogTarget(nil, of: $0).name }
      .filter(FolderListing.isFile)
    guard let path = found.first else {
      throw UsageError(
        "no catalog is here", "`portolan sync` makes one from the fixtures; or name one with --catalog FILE")
    }
    guard found.count == 1 else {
      throw UsageError(
        "several catalogs are here: \(found.joined(separator: ", "))",
        "name one, as --catalog \(ShellWord.quoted(path))")
    }
    return path
  }
}

/// An entity's name: the argument of the commands that show one.
struct EntityArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The entity, as service/payments.", valueName: "blueprint/id"))
  var entity: String

  /// What it is known by.
  ///
  /// - Throws: `UsageError` where the text is none.
  func key() throws(UsageError) -> EntityKey { try EntityKey(argument: entity) }
}

extension EntityKey {
  /// - Throws: `UsageError` where the text is no entity's name. An identifier may have slashes in it; a blueprint none.
  init(argument text: String) throws(UsageError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw UsageError(
        "`\(text)` names no entity", "write its blueprint and its identifier, as service/payments")
    }
    self.init(String(parts[0]), String(parts[1]))
  }
}

/// Does something with a catalog, whose errors end the command.
func withCatalog<Value>(_ body: () async throws -> Value) async throws(UsageError) -> Value {
  do {
    return try await body()
  } catch let error as UsageError {
    throw error
  } catch {
    throw UsageError(catalog: error)
  }
}

/// How what a catalog has is printed.
enum CatalogFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One document.
  case json
}
