#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output or standard error.
struct StandardStream: Sendable {
  static let output = StandardStream(descriptor: 1)
  static let error = StandardStream(descriptor: 2)

  private let descriptor: Int32

  /// Whether a person is reading it.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The terminal's width in columns, nil where there is none.
  var width: Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether colours may be used: on a terminal that has some, unless `NO_COLOR` is set (no-color.org), or wherever
  /// `CLICOLOR_FORCE` asks for them (bixense.com/clicolors).
  var hasColour: Bool {
    if !(Self.variable("NO_COLOR") ?? "").isEmpty { return false }
    if !["", "0"].contains(Self.variable("CLICOLOR_FORCE") ?? "") { return true }
    return isTerminal && Self.variable("TERM") != "dumb"
  }

  private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes all of `bytes`, and says whether they were taken. Where the reader has gone, the rest is dropped. Where standard output takes no
  /// more for another reason, as on a full disk, the process says so and ends: output that is cut off must
  /// not look whole.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var done = 0
    while done < bytes.count {
      // Safe: the address is inside the array, and no more is written than it holds from there.
      let count = bytes.withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      if count < 0 && errno == EAGAIN {
        usleep(1000)
        continue
      }
      guard count > 0 else {
        giveUp(errno)
        return false
      }
      done += count
    }
    return true
  }

  private func giveUp(_ cause: Int32) {
    guard descriptor == 1, cause != EPIPE else { return }
    StandardStream.error.write(
      "error: cannot write to standard output: \(String(cString: strerror(cause)))\n")
    exit(2)
  }
}

/// The system's `write`, which the method of that name hides.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
