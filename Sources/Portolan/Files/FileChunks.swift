#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reads a file to its end, a part at a time. It belongs to one task at a time.
final class FileChunks: @unchecked Sendable {
  private static let size = 1 << 18

  private let path: String
  private let descriptor: Int32

  /// Opens the file at `path`, to be read from its byte at `offset` on.
  init(_ path: String, from offset: Int = 0) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw Self.error(path, errno) }
    if offset > 0, lseek(descriptor, off_t(offset), SEEK_SET) < 0 { throw Self.error(path, errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The next bytes, none at the end.
  ///
  /// - Throws: `Diagnostic` where they cannot be read.
  func next() throws(Diagnostic) -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: Self.size)
    while true {
      let count = read(descriptor, &chunk, Self.size)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.error(path, errno).diagnostic }
      chunk.removeLast(Self.size - count)
      return chunk
    }
  }

  private static func error(_ path: String, _ cause: Int32) -> FileError {
    FileError(
      message: "cannot read \(path): \(String(cString: strerror(cause)))",
      help: cause == EACCES
        ? "check its permissions" : "check the path; it is taken from the current folder")
  }
}
