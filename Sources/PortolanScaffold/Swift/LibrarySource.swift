import Portolan

/// Where a package that embeds the library has it from.
package enum LibrarySource: Sendable, Hashable {
  /// A checkout, from the root.
  case folder(String)
  /// A repository.
  case repository(String)

  /// What `text` names: a URL, or a checkout's path from the current folder.
  ///
  /// - Throws: `Diagnostic` for a folder that holds no Swift package.
  package init(_ text: String) throws(Diagnostic) {
    if text.contains("://") || text.hasPrefix("git@") {
      self = .repository(text)
    } else if FolderListing.isFile(PathText.join(text, "Package.swift")) {
      self = .folder(FolderListing.absolute(text).trimmingSlash)
    } else {
      throw Diagnostic(
        .error, .unknownLibrary, "\(text) holds no Package.swift",
        help: "name a checkout of Portolan, or the URL of its repository")
    }
  }

  /// The checkout that holds one of `folders`, or is above it.
  ///
  /// - Throws: `Diagnostic` where there is none.
  package init(around folders: [String]) throws(Diagnostic) {
    for folder in folders {
      var folder = FolderListing.absolute(folder).trimmingSlash
      while !Self.isCheckout(folder), folder != "/" { folder = PathText.parent(folder) }
      if Self.isCheckout(folder) {
        self = .folder(folder)
        return
      }
    }
    throw Diagnostic(
      .error, .unknownLibrary, "where the library Portolan is from is not known: no checkout of it is here",
      help: "say it with --portolan, a path or a URL: --portolan ../portolan")
  }

  private static func isCheckout(_ folder: String) -> Bool {
    guard let text = try? FileBytes.read(PathText.join(folder, "Package.swift")) else { return false }
    return String(decoding: text, as: UTF8.self).contains("name: \"portolan\"")
  }

  /// The path or URL as the package in `folder` writes it down: relative to it, where that is a path.
  func text(from folder: String) -> String {
    switch self {
    case .repository(let url): return url
    case .folder(let path):
      let target = path.split(separator: "/")
      let start = FolderListing.absolute(folder).split(separator: "/")
      let shared = zip(target, start).prefix { $0 == $1 }.count
      // Another tree altogether: the way there is no shorter than from the root.
      if shared == 0 { return path }
      let steps = Array(repeating: "..", count: start.count - shared) + target[shared...].map(String.init)
      return steps.isEmpty ? "." : steps.joined(separator: "/")
    }
  }
}

extension String {
  fileprivate var trimmingSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}

extension Diagnostic.Rule {
  /// Where the library is from is not known.
  package static let unknownLibrary = Self("unknown-library")
}
