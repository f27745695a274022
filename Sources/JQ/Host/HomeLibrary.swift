#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The user's own jq definitions, which must not change what a mapping means from machine to machine.
///
/// Every libjq reads `~/.jq`, where that is a file, into each program that it compiles, and libjq 1.8 also
/// `~/jq/main.jq`, with no way to say no. It finds them through the variable `HOME` and nothing else: without
/// the variable it reads none (1.6, 1.7 and 1.8 alike; only paths that begin with `~/` ask for the user's entry
/// in the system's list, in 1.6). Variables cannot be changed while threads run, so a process that has such a
/// file, and has not hidden it when it started, compiles nothing: another process does, which has no `HOME`.
enum HomeLibrary {
  /// Whether libjq would read a file of the user's in this process.
  ///
  /// A `HOME` that is no absolute path may mean anything to libjq, which also expands `~/` and `$ORIGIN/` in it.
  static var isRead: Bool {
    guard let home = getenv("HOME").map({ String(cString: $0) }), !home.isEmpty else { return false }
    guard home.hasPrefix("/") else { return true }
    return exists(home + "/.jq") || exists(home + "/jq/main.jq")
  }

  /// Takes `HOME` out of the environment where ``isRead``. Nothing else may run in the process.
  static func hide() {
    if isRead { unsetenv("HOME") }
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
