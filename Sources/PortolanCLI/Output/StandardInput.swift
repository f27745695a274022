import Dispatch
import Portolan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input, in chunks.
enum StandardInput {
  private static let chunkSize = 1 << 18

  /// Where waiting for input keeps no other work from being done.
  private static let waiting = DispatchQueue(label: "portolan.input")

  /// The next bytes, none at the end.
  ///
  /// - Throws: `Diagnostic` where reading fails.
  static func next() async throws -> [UInt8] {
    if isReady { return try read() }
    return try await withCheckedThrowingContinuation { continuation in
      waiting.async { continuation.resume(with: Result { try read() }) }
    }
  }

  /// Whether reading would not wait.
  private static var isReady: Bool {
    var descriptors = [pollfd(fd: 0, events: Int16(POLLIN), revents: 0)]
    return poll(&descriptors, 1, 0) != 0
  }

  private static func read() throws -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
        // Safe: the system writes at most as many bytes as the buffer holds, and says how many.
        let result = systemRead(0, buffer.baseAddress, buffer.count)
        failure = result < 0 ? errno : 0
        count = max(0, result)
      }
      if failure == 0 { return chunk }
      guard failure == EINTR else {
        throw Diagnostic(
          .error, .unreadableFile, "cannot read standard input: \(String(cString: strerror(failure)))",
          help: "give the raw objects with < or through a pipe")
      }
    }
  }

  /// Whether a person is typing it.
  static var isTerminal: Bool { isatty(0) == 1 }

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
