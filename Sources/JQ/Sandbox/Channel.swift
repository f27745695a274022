#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One end of a connection between two processes, closed with it.
///
/// A socket and not a pipe: writing to a pipe whose reader has died would end this process.
final class Channel {
  /// How a transfer ended.
  enum Outcome {
    case done
    case timeout
    case closed
  }

  let descriptor: Int32

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Both ends of a new connection, which a program that this process starts does not inherit.
  static func pair() -> (Channel, Channel)? {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, streamSocket, 0, &ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      #if canImport(Darwin)
        var yes: Int32 = 1
        setsockopt(end, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
      #endif
    }
    return (Channel(ends[0]), Channel(ends[1]))
  }

  /// Reads `count` bytes, fewer where the other end is closed; nil when time is over.
  func read(_ count: Int, until deadline: ContinuousClock.Instant?) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      guard isReady(POLLIN, until: deadline) else { return nil }
      // Safe: the slice is inside the array, and no more is read than it holds.
      let got = bytes.withUnsafeMutableBytes {
        systemRead(descriptor, $0.baseAddress.map { $0 + done }, count - done)
      }
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      if got <= 0 { break }
      done += got
    }
    return Array(bytes.prefix(done))
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant?) -> Outcome {
    var done = 0
    while done < bytes.count {
      guard isReady(POLLOUT, until: deadline) else { return .timeout }
      // Safe: the slice is inside the array.
      let put = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done, noSignal)
      }
      if put < 0, errno == EINTR || errno == EAGAIN { continue }
      if put <= 0 { return .closed }
      done += put
    }
    return .done
  }

  /// Waits until the end can be used; false when time is over. A closed one is ready.
  private func isReady(_ event: Int32, until deadline: ContinuousClock.Instant?) -> Bool {
    while true {
      var wait: Int32 = -1
      if let deadline {
        let left = deadline - .now
        if left <= .zero { return false }
        let (seconds, attoseconds) = left.components
        wait = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
      }
      var descriptors = [pollfd(fd: descriptor, events: Int16(event), revents: 0)]
      let count = poll(&descriptors, 1, wait)
      if count > 0 { return true }
      if count < 0, errno != EINTR { return true }
    }
  }
}

// The method above hides the system call of its name.
private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

#if canImport(Darwin)
  private let streamSocket = SOCK_STREAM
  private let noSignal: Int32 = 0
#elseif canImport(Glibc)
  private let streamSocket = Int32(SOCK_STREAM.rawValue)
  private let noSignal = Int32(MSG_NOSIGNAL)
#else
  private let streamSocket = SOCK_STREAM
  private let noSignal = MSG_NOSIGNAL
#endif
