import Foundation
import Portolan

/// Fetches who owns what from a folder of checkouts. It knows nothing of entities: the mapping makes those.
///
/// A file that cannot be read, or a line that is wrong, costs only itself. It is said at the end, by an error: the
/// kind is not complete then, and nobody deletes what is missing from it.
struct CodeownersFetcher: RawFetcher {
  /// A raw object of the kind `repository`.
  struct Repository: Encodable {
    var name: String
    /// Where its CODEOWNERS file is, nil where it has none.
    var file: String?
    /// The owners of what no other pattern matches.
    var defaultOwners: [String]
  }

  /// A raw object of the kind `rule`.
  struct Rule: Encodable {
    var repository: String
    var file: String
    var line: Int
    var pattern: String
    var owners: [String]
  }

  /// The folder that holds the checkouts.
  let folder: URL

  func fetch(_ request: FetchRequest) -> PageStream {
    PageStream { pages in
      guard ["repository", "rule"].contains(request.kind) else {
        throw Diagnostic(
          .error, .unknownKind, "there are no objects of kind `\(request.kind)`",
          help: "ask for `repository` or `rule`")
      }
      var problems: [Diagnostic] = []
      for checkout in try checkouts() {
        do {
          let name = checkout.lastPathComponent
          let file = try CodeownersFile(in: checkout)
          if request.kind == "repository" {
            try await pages.send(page([repository(name, file)]))
          } else if let file {
            problems += file.problems
            try await pages.send(page(rules(name, file)))
          }
        } catch let problem as Diagnostic {
          problems.append(problem)
        }
      }
      if !problems.isEmpty { throw DiagnosticsError(problems) }
    }
  }

  /// The folders in the folder, by name.
  private func checkouts() throws -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles
      )
      .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
    } catch {
      throw Diagnostic(
        .error, .unreadableFile, "the folder \(folder.path(percentEncoded: false)) cannot be read",
        help: "name the folder that holds the checkouts")
    }
  }

  private func repository(_ name: String, _ file: CodeownersFile?) -> Repository {
    let owners = file?.rules.last { $0.pattern == "*" }?.owners
    return Repository(name: name, file: file?.place, defaultOwners: owners ?? [])
  }

  private func rules(_ name: String, _ file: CodeownersFile) -> [Rule] {
    file.rules.map {
      Rule(repository: name, file: file.place, line: $0.line, pattern: $0.pattern, owners: $0.owners)
    }
  }

  /// A page of raw objects, as JSON.
  private func page(_ objects: [some Encodable]) throws -> RawPage {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return RawPage(Array(try encoder.encode(objects)))
  }
}
