#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a folder holds.
package enum FolderListing {
  /// Whether a folder is at `path`.
  package static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// Whether a file is at `path`.
  package static func isFile(_ path: String) -> Bool {
    if EditedFiles.text(path) != nil { return true }
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
  }

  /// Whether something at `path` can be read again and again: neither a pipe nor a device.
  package static func isRegularFile(_ path: String) -> Bool {
    if EditedFiles.text(path) != nil { return true }
    let attributes = try? FileManager.default.attributesOfItem(atPath: target(of: path))
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }

  /// Where a path leads that may be a link.
  private static func target(of path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
  }

  /// The size in bytes of a file, or of that which a link leads to; 0 where it cannot be told.
  package static func size(_ path: String) -> Int {
    if let text = EditedFiles.text(path) { return text.count }
    let attributes = try? FileManager.default.attributesOfItem(atPath: target(of: path))
    // A Swift integer, or an NSNumber in a process that has loaded all of Foundation: the digits are the same.
    return attributes?[.size].flatMap { Int("\($0)") } ?? 0
  }

  /// The path from the root, without `.` and `..`.
  package static func absolute(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
  }

  /// The names in a folder, sorted; none where it cannot be read.
  package static func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
