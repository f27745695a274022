import Portolan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written part by part, and is there as a whole or not at all: until ``commit()`` what is written is in
/// another file beside it. A device or a pipe is written into.
///
/// It belongs to one task at a time.
final class OutputFile: @unchecked Sendable {
  private let path: String
  private let descriptor: Int32
  /// Where the bytes are until all are there, and the file that they replace; nil for a device or pipe.
  private let replacement: (part: String, file: String)?
  private var isOpen = true

  /// Opens the file.
  ///
  /// - Throws: `UsageError` where it cannot be written.
  init(_ path: String) throws(UsageError) {
    self.path = path
    var information = stat()
    let isThere = stat(path, &information) == 0
    if isThere, information.st_mode & S_IFMT != S_IFREG {
      replacement = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let file = Self.target(of: path)
      let part = PathText.join(
        PathText.parent(file), ".\(file.split(separator: "/").last ?? "").\(getpid()).part")
      replacement = (part, file)
      descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      if descriptor >= 0, isThere { _ = fchmod(descriptor, information.st_mode & 0o7777) }
    }
    if descriptor < 0 {
      isOpen = false
      throw Self.error(path, errno)
    }
  }

  deinit { discard() }

  /// Writes all of `bytes`.
  ///
  /// - Throws: `UsageError` with the cause where they are not taken.
  func write(_ bytes: [UInt8]) throws(UsageError) {
    var done = 0
    while done < bytes.count {
      // Safe: the address is inside the array, and no more is written than it holds from there.
      let count = bytes.withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.error(path, errno) }
      done += count
    }
  }

  /// Puts what was written in the place of what the file holds.
  ///
  /// - Throws: `UsageError` where that cannot be done; the file is as it was then.
  func commit() throws(UsageError) {
    guard isOpen else { return }
    guard let replacement else { return close() }
    guard fsync(descriptor) == 0 || errno == EINVAL, rename(replacement.part, replacement.file) == 0 else {
      let cause = errno
      discard()
      throw Self.error(path, cause)
    }
    close()
  }

  /// Leaves the file as it was.
  func discard() {
    guard isOpen else { return }
    close()
    if let replacement { unlink(replacement.part) }
  }

  private func close() {
    isOpen = false
    systemClose(descriptor)
  }

  /// Whether two paths lead to the same file; devices and pipes take from several.
  static func isSame(_ first: String, _ second: String) -> Bool {
    if FolderListing.isFile(first), !FolderListing.isRegularFile(first) { return false }
    return FolderListing.absolute(target(of: first)) == FolderListing.absolute(target(of: second))
  }

  /// The file that a path leads to which may be a link: that is replaced, and not the link.
  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func error(_ path: String, _ cause: Int32) -> UsageError {
    UsageError(
      "cannot write \(path): \(String(cString: strerror(cause)))",
      cause == ENOSPC
        ? "make room there, or write to another place"
        : "check that its folder exists and that you may write there")
  }
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// The system's `close`, which the method of that name hides.
private func systemClose(_ descriptor: Int32) {
  close(descriptor)
}
