#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Why a file cannot be read.
struct FileError: Error {
  var message: String
  var help: String

  var diagnostic: Diagnostic { Diagnostic(.error, .unreadableFile, message, help: help) }
}

/// Reads whole files, with errors in words.
///
/// A file is read, not mapped: a mapped file that shrinks while it is read would end the process.
enum FileBytes {
  static func read(_ path: String) throws(FileError) -> [UInt8] {
    if FolderListing.isFolder(path) {
      throw FileError(message: "\(path) is a folder, not a file", help: "name a file in it")
    }
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

/// What a folder holds.
enum FolderListing {
  static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  static func isFile(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
  }

  /// A file's size in bytes, 0 where it cannot be told.
  static func size(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    // A Swift integer, or an NSNumber in a process that has loaded all of Foundation: the digits are the same.
    return attributes?[.size].flatMap { Int("\($0)") } ?? 0
  }

  /// The path from the root, without `.` and `..`.
  static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }

  /// The names in a folder, sorted; none where it cannot be read.
  static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
