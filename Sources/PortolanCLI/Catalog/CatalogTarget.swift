import Portolan
import PortolanCatalog
import PortolanPort

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The catalog that is meant.
enum CatalogTarget: Equatable {
  /// Port, through its API.
  case port
  /// A file; `isOwn` where it is the one under the integration's folder, which nobody has named.
  case file(String, isOwn: Bool)

  /// The target that `name` means: `port`, or a file; without one the integration's own file.
  ///
  /// - Throws: `UsageError` where nothing tells which one.
  init(_ name: String?, of integration: Integration?) throws(UsageError) {
    if let name {
      self = name == "port" ? .port : .file(name, isOwn: false)
    } else if let integration {
      let folder = PathText.join(integration.rootPath, ".port/.catalog")
      self = .file(PathText.join(folder, "\(integration.name).db"), isOwn: true)
    } else {
      throw UsageError(
        "no catalog is named, and a config by itself has none",
        "name a file, which is created: --to catalog.db")
    }
  }

  /// Whether it is a file that is not there yet.
  var isNew: Bool {
    if case .file(let path, _) = self { !FolderListing.isFile(path) } else { false }
  }

  /// What people know it by.
  var name: String? {
    if case .file(let path, _) = self { path } else { nil }
  }

  /// Makes the folder of an integration's own catalog, which no version control takes.
  func prepareFolder() throws(UsageError) {
    guard case .file(let path, true) = self else { return }
    let folder = PathText.parent(path)
    let ignoring = PathText.join(folder, ".gitignore")
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard !FolderListing.isFile(ignoring) else { return }
      try Data("*\n".utf8).write(to: URL(filePath: ignoring))
    } catch {
      throw UsageError(
        "cannot make the folder \(folder) for the catalog",
        "check that you may write there, or name another file")
    }
  }
}

/// A catalog that is open.
struct OpenCatalog {
  let catalog: any CatalogSetup
  /// A folder for a catalog that is looked at only once, and goes with it.
  private let temporary: ScratchFolder?

  /// Opens the catalog; where it is a file that is not there, `creates` says whether it is created or an empty one is
  /// taken for it.
  ///
  /// - Throws: `UsageError` where it cannot be used.
  init(
    _ target: CatalogTarget, as owner: Datasource, _ configuration: CatalogConfiguration, creates: Bool
  ) throws(UsageError) {
    switch target {
    case .port:
      temporary = nil
      catalog = try Self.port(owner, configuration)
    case .file(let path, _):
      temporary = !creates && target.isNew ? try ScratchFolder() : nil
      if creates { try target.prepareFolder() }
      catalog = try Self.file(temporary.map { PathText.join($0.path, "empty.db") } ?? path)
    }
  }

  private static func file(_ path: String) throws(UsageError) -> any CatalogSetup {
    do {
      return try LocalCatalog(path: path)
    } catch {
      throw UsageError(catalog: error)
    }
  }

  private static func port(
    _ owner: Datasource, _ configuration: CatalogConfiguration
  ) throws(UsageError) -> any CatalogSetup {
    guard let id = configuration.clientID, let secret = configuration.clientSecret else {
      throw UsageError(
        "Port's credentials are not set: \(configuration.missingVariables.joined(separator: " and ")) are missing",
        "set them in the environment or in .env; `portolan config` shows what is set",
        diagnostics: configuration.diagnostics)
    }
    do {
      return try PortCatalog(
        PortCredentials(clientID: id, clientSecret: secret, baseURL: configuration.baseURL), as: owner,
        environment: AllowedEnvironment.atStart)
    } catch {
      throw UsageError(catalog: error)
    }
  }
}

/// A folder that is gone when nothing uses it any more.
final class ScratchFolder: Sendable {
  let path: String

  init() throws(UsageError) {
    let parent = FileManager.default.temporaryDirectory
    path = parent.appending(path: "portolan-\(UInt64.random(in: 0 ... .max))").path
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw UsageError("cannot make a temporary folder in \(parent.path)", "check that you may write there")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension UsageError {
  /// What keeps a catalog from being used.
  init(catalog error: any Error) {
    switch error {
    case let error as CatalogError: self.init([error.diagnostic])
    case let error as Diagnostic: self.init([error])
    case let error as DiagnosticsError: self.init(error.diagnostics)
    case let error as UsageError: self = error
    default: self.init("\(error)", nil)
    }
  }
}
