import Dispatch
import Portolan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input, a file or a pipe, read in chunks. It belongs to one task at a time.
final class InputDescriptor: @unchecked Sendable {
  private static let chunkSize = 1 << 18
  /// How long nothing comes before that is a pause, in milliseconds: whoever fills a pipe as fast as it is read is not
  /// interrupted, and nobody who waits notices.
  private static let pauseLength: Int32 = 2

  /// What messages call it.
  let name: String
  private let descriptor: Int32
  private let interruption: Interruption.Notice
  /// Where waiting keeps no other work from being done.
  private let waiting = DispatchQueue(label: "portolan.input")
  private var hasPaused = false

  /// Standard input.
  init(_ interruption: Interruption.Notice) {
    (name, descriptor) = ("standard input", 0)
    self.interruption = interruption
  }

  /// The file, device or pipe at `path`.
  ///
  /// - Throws: `UsageError` where it cannot be opened.
  init(_ path: String, _ interruption: Interruption.Notice) throws(UsageError) {
    name = path
    self.interruption = interruption
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw UsageError(
        "cannot read \(path): \(String(cString: strerror(errno)))",
        errno == EACCES ? "check its permissions" : "check the path; it is taken from the current folder")
    }
    if FolderListing.isFolder(path) {
      throw UsageError("\(path) is a folder, not a file", "name a file in it")
    }
  }

  deinit {
    if descriptor > 0 { close(descriptor) }
  }

  /// What comes next.
  ///
  /// - Throws: `Diagnostic` where reading fails, and `Interruption.Noticed` where the run is to end.
  func next() async throws -> RawStream.Part {
    if try isReady(within: 0), let part = try read() { return part }
    return try await withCheckedThrowingContinuation { continuation in
      waiting.async { continuation.resume(with: Result { try self.waitForNext() }) }
    }
  }

  private func waitForNext() throws -> RawStream.Part {
    if !hasPaused, try !isReady(within: Self.pauseLength) {
      hasPaused = true
      return .pause
    }
    while true {
      if try isReady(within: -1), let part = try read() { return part }
    }
  }

  /// Whether reading would not wait, after so many milliseconds at most; without end, where that is less than 0.
  private func isReady(within time: Int32) throws -> Bool {
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: interruption.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&descriptors, 2, time)
    if descriptors[1].revents != 0 { throw Interruption.Noticed() }
    // What cannot be polled, a file for instance, says its error when it is read.
    return count < 0 ? errno != EINTR : descriptors[0].revents != 0
  }

  /// The next bytes; nil where there are none at the moment.
  private func read() throws -> RawStream.Part? {
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkSize) { buffer, count in
      // Safe: the system writes at most as many bytes as the buffer holds, and says how many.
      let result = systemRead(descriptor, buffer.baseAddress, buffer.count)
      failure = result < 0 ? errno : 0
      count = max(0, result)
    }
    switch failure {
    case 0:
      hasPaused = false
      return chunk.isEmpty ? .end : .bytes(chunk)
    case EINTR, EAGAIN: return nil
    default:
      throw Diagnostic(
        .error, .unreadableFile, "cannot read \(name): \(String(cString: strerror(failure)))",
        help: "give the raw objects with < or through a pipe")
    }
  }

  /// How many bytes it holds from here, nil where that is not known.
  var size: Int? {
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(information.st_size)
  }

  /// Whether a person is typing it.
  var isTerminal: Bool { isatty(descriptor) == 1 }
}

/// Standard input, where nothing is read of it.
enum StandardInput {
  /// Whether a person is typing it.
  static var isTerminal: Bool { isatty(0) == 1 }
}

/// The system's `read`, which the function of that name hides.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}
