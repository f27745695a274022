import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Keeps libjq from reading the user's `~/.jq`.
///
/// Every libjq reads that file into each program it compiles, with no way to say no: definitions in it
/// would change what a mapping means from machine to machine. libjq finds it through `HOME`, so where
/// the file exists, and only there, `HOME` names another folder while libjq compiles.
enum HomeLibrary {
  private static let lock = Mutex(())

  /// Runs `compile` where no `~/.jq` can be found.
  static func withoutIt<Result>(_ compile: () -> Result) -> Result {
    lock.withLock { _ in
      guard let home = getenv("HOME").map({ String(cString: $0) }), access(home + "/.jq", F_OK) == 0 else {
        return compile()
      }
      // `setenv` of a variable that exists replaces one pointer; nothing that reads the environment
      // at the same time sees it moved.
      setenv("HOME", "/nonexistent", 1)
      defer { setenv("HOME", home, 1) }
      return compile()
    }
  }
}
