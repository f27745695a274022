import ArgumentParser
import Portolan

/// The `portolan` command.
@main
struct PortolanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portolan",
    abstract: "Maps raw API objects to catalog entities, as a port-app-config.yml says.",
    discussion: """
      A mapping is tried on raw objects in files, called fixtures. In a folder that holds .port, `portolan \
      dry-run` shows the entities and what is doubtful about them, `portolan lint` finds what is wrong in \
      the config alone, `portolan test` keeps the entities as they should be, and `portolan schema` lets an \
      editor help.

      For completion in the shell: source <(portolan --generate-completion-script bash)
      """,
    subcommands: [DryRunCommand.self, LintCommand.self, TestCommand.self, SchemaCommand.self])

  /// Runs the command. Bad arguments end with status 2, as everything does that cannot be run at all;
  /// the argument parser's own status for them is 64.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      StandardStream.error.write(fullMessage(for: error) + "\n")
      exit(withError: ExitStatus.nothingRun)
    }
  }
}

/// The command's exit statuses.
enum ExitStatus {
  /// Something in the mapping is wrong.
  static let wrong = ExitCode(1)
  /// Nothing could be run.
  static let nothingRun = ExitCode(2)
}
