#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What Ctrl-C does.
enum Interruption {
  /// Makes Ctrl-C, and a request to end, end the process at once with status 0: whoever watches has seen
  /// enough, and nothing is left half done.
  static func endsQuietly() {
    for number in [SIGINT, SIGTERM] {
      // `_exit` is among the few functions that a signal handler may call.
      signal(number) { _ in _exit(0) }
    }
  }
}
