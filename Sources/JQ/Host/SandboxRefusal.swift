#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why no process runs an expression.
enum SandboxRefusal: Error, Equatable {
  /// There is no program to start.
  case noProgram
  /// The program at this path has another greeting.
  case otherVersion(String, String)
  /// The program at this path is another one, or too old.
  case noGreeting(String)
  /// The program was started, but did not say anything in time, or was killed before.
  case silence
  /// The system has no process, no memory or no file to give: its error's number.
  case system(Int32)

  /// Whether it would be the same at the next attempt.
  var isFinal: Bool {
    switch self {
    case .noProgram, .otherVersion, .noGreeting: true
    case .silence, .system: false
    }
  }

  /// For the person who runs the program.
  var message: String {
    switch self {
    case .noProgram:
      "not run: it needs a process of its own, and there is no program for that: "
        + "call `SandboxHost.serveIfAsked()` first in main, or put `portolan` on the PATH"
    case .otherVersion(let path, let greeting):
      "not run: it needs a process of its own, and \(path) is another version: "
        + "it is `\(greeting)`, needed is `\(SandboxMessage.greeting)`"
    case .noGreeting(let path):
      "not run: it needs a process of its own, and \(path) does not serve as one: "
        + "it is another version, or another program"
    case .silence: "not run: the process that was started for it did not begin"
    case .system(let number):
      "not run: no process could be started for it (\(String(cString: strerror(number))))"
    }
  }
}
