import Portolan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input, in chunks.
struct StandardInput {
  private var chunk = [UInt8](repeating: 0, count: 1 << 18)

  /// The next bytes, none at the end.
  ///
  /// - Throws: `Diagnostic` where reading fails.
  mutating func read() throws -> [UInt8] {
    while true {
      // Safe: the system writes at most as many bytes as the buffer holds, and says how many.
      let count = chunk.withUnsafeMutableBytes { systemRead(0, $0.baseAddress, $0.count) }
      if count >= 0 { return count == chunk.count ? chunk : Array(chunk[..<count]) }
      guard errno == EINTR else {
        throw Diagnostic(
          .error, .unreadableFile, "cannot read standard input: \(String(cString: strerror(errno)))",
          help: "give the raw objects with < or through a pipe")
      }
    }
  }

  /// How many bytes standard input holds from here, nil where that is not known.
  static var size: Int? {
    var information = stat()
    guard fstat(0, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(information.st_size)
  }
}

/// The system's `read`, which the function of that name hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
