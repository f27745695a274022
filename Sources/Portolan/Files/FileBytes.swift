#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a file cannot be read.
package struct FileError: Error {
  var message: String
  var help: String

  /// The error as what a person is told.
  package var diagnostic: Diagnostic { Diagnostic(.error, .unreadableFile, message, help: help) }
}

/// Reads whole files, with errors for a person.
///
/// A file is read, not mapped: a mapped file that shrinks while it is read would end the process.
package enum FileBytes {
  /// The bytes of the file at `path`.
  package static func read(_ path: String) throws(FileError) -> [UInt8] {
    if let text = EditedFiles.text(path) { return text }
    if FolderListing.isFolder(path) {
      throw FileError(message: "\(path) is a folder, not a file", help: "name a file in it")
    }
    if FolderListing.isFile(path), !FolderListing.isRegularFile(path) { return try PipedFiles.read(path) }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw FileError(message: "cannot read \(path): \(reason(error))", help: remedy(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: "there is no such file"
    case .fileReadNoPermission: "you may not read it"
    case .fileReadTooLarge: "it is too large"
    default: "\(error)"
    }
  }

  private static func remedy(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoPermission: "check its permissions"
    default: "check the path; it is taken from the current folder"
    }
  }
}

extension Diagnostic.Rule {
  /// A file or folder cannot be read, or not written.
  public static let unreadableFile = Self("unreadable-file")
}
