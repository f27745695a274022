import Portolan
import PortolanCatalog

/// Why there is no entity to be shown, and where to look for it.
struct EntityAbsence {
  let message: String
  let help: String

  /// - Parameters:
  ///   - key: the entity that is not there.
  ///   - revision: the catalog's revision that was asked for, nil for now.
  ///   - versions: all that the entity was, the newest first.
  ///   - catalog: where it was looked for.
  ///   - option: how commands are told of that catalog.
  init(
    _ key: EntityKey, revision: Int?, versions: [EntityVersion], in catalog: String, option: String
  ) {
    let name = key.word
    guard let first = versions.last else {
      message = "\(catalog) has no entity \(key), and never had one"
      help = "`portolan catalog search \(Self.query(key.identifier))\(option)` looks for it in all blueprints"
      return
    }
    let past = versions.drop { $0.revision > revision ?? .max }
    guard let deletion = past.first else {
      message =
        "there was no entity \(key) at revision \(revision ?? 0): it came with revision \(first.revision)"
      help = "`portolan catalog history \(name)\(option)` shows what it was since"
      return
    }
    message =
      "\(key) was deleted at \(Instant.short(deletion.at)) by \(Writer.name(of: deletion)), "
      + "with revision \(deletion.revision)"
    let last = past.first { $0.document != nil }?.revision ?? first.revision
    help = "`portolan catalog show \(name) --revision \(last)\(option)` shows what it was before"
  }

  /// An identifier as a word of a search, in a shell.
  private static func query(_ identifier: String) -> String {
    let isWord =
      !identifier.isEmpty && identifier.allSatisfy { $0.isLetter || $0.isNumber || "-_./:@".contains($0) }
    let escaped = identifier.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return ShellWord.quoted(isWord ? identifier : "\"\(escaped)\"")
  }
}

extension EntityKey {
  /// The key as a word of a command.
  var word: String { ShellWord.quoted("\(self)") }
}

/// Who made a version of an entity, for a person.
enum Writer {
  /// `run 0a1b2c3d of jira/my-jira`
  static func name(of version: EntityVersion) -> String {
    let run = version.run.map { "run \($0.prefix(8))" }
    let owner = version.datasource.map(Owner.short)
    let parts = [run, owner].compactMap { $0 }
    return parts.isEmpty ? "somebody" : parts.joined(separator: " of ")
  }
}
