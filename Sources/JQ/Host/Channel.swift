import CProcess

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

  /// The open file, -1 when it is closed.
  private(set) var descriptor: Int32

  /// Takes over an end that this process was started with.
  init(adopting descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  deinit {
    close()
  }

  /// Closes this end.
  func close() {
    if descriptor >= 0 { systemClose(descriptor) }
    descriptor = -1
  }

  /// Both ends of a new connection, which no program inherits that another thread starts at this moment. Their
  /// numbers are not those that a new program's streams and channel have.
  static func pair() -> (Channel, Channel)? {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, streamSocket, 0, &ends) == 0 else { return nil }
    #if canImport(Darwin)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #endif
    let moved = ends.map { fcntl($0, F_DUPFD_CLOEXEC, PORTOLAN_CHANNEL + 1) }
    let error = errno
    for end in ends { systemClose(end) }
    let channels = moved.filter { $0 >= 0 }.map { Channel(adopting: $0) }
    guard channels.count == 2 else {
      errno = error
      return nil
    }
    return (channels[0], channels[1])
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
    if done < count { bytes.removeSubrange(done...) }
    return bytes
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

// The methods above hide the system calls of their names.
private func systemClose(_ descriptor: Int32) {
  close(descriptor)
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

#if canImport(Darwin)
  private let streamSocket = SOCK_STREAM
  private let noSignal: Int32 = 0
#elseif canImport(Glibc)
  private let streamSocket = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
  private let noSignal = Int32(MSG_NOSIGNAL)
#else
  private let streamSocket = SOCK_STREAM | SOCK_CLOEXEC
  private let noSignal = MSG_NOSIGNAL
#endif
