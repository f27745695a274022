import CProcess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a program does first, so that it can run expressions which may not end.
///
/// Such expressions run in a process of their own, and that process needs a program. This makes it the
/// program itself:
///
/// ```swift
/// import Portolan
///
/// @main
/// struct Service {
///   static func main() async throws {
///     SandboxHost.serveIfAsked()
///     // … and now the program's own work.
///   }
/// }
/// ```
///
/// Without it, the command `portolan` is looked for: beside the program that runs, then on the `PATH`.
public enum SandboxHost {
  /// Serves expressions, and ends the process, where it has been started for that; returns at once where it
  /// has not, and from then on the program can be started for that.
  ///
  /// Call it before anything else: what the program does before, it does once more for each process that runs
  /// expressions.
  public static func serveIfAsked() {
    if CommandLine.arguments.dropFirst() == [SandboxProgram.request], portolan_has_channel() != 0 {
      portolan_close_files()
      var server = SandboxServer(Channel(adopting: PORTOLAN_CHANNEL))
      server.serve()
      _exit(0)
    }
    SandboxProgram.registerThisOne()
  }

  /// Keeps libjq from reading the user's own definitions (`~/.jq`) in this process, where there are some: takes
  /// `HOME` out of the environment.
  ///
  /// Call it at the start, before anything else runs in the process: the environment cannot be changed beside
  /// other threads. It only saves time. In a process that does not call it and finds such a file, every
  /// expression that needs libjq runs in a process of its own.
  public static func hideHomeLibrary() {
    HomeLibrary.hide()
  }
}
