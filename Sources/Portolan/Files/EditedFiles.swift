/// Files as an editor has them before they are saved: within a task they are read in place of those on disk.
package enum EditedFiles {
  /// The texts by path, each as ``FolderListing/absolute(_:)`` has it.
  @TaskLocal package static var texts: [String: [UInt8]] = [:]

  /// The text of the file at `path`; nil where only the disk knows it.
  static func text(_ path: String) -> [UInt8]? {
    texts.isEmpty ? nil : texts[FolderListing.absolute(path)]
  }
}
