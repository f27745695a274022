import ArgumentParser
import JQ
import Portolan

/// The `portolan` command.
@main
struct PortolanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portolan",
    abstract: "Maps raw API objects to catalog entities, as a port-app-config.yml says.",
    discussion: """
      A mapping is tried on raw objects in files, called fixtures. `portolan dry-run` in a folder that holds \
      .port shows the entities and what is wrong; `portolan lint` finds mistakes without any data; `portolan \
      explain` goes through one object step by step; `portolan test` keeps them as they should be; `portolan \
      schema` lets an editor help; `portolan config` shows what an integration is told, and what it still needs.

      `portolan plan` shows what a catalog would become, a local file or Port, and `portolan sync` makes it so; \
      `portolan serve` does so again and again, and takes live events; `portolan catalog serve` lets Ocean itself \
      use such a file.

      `portolan new` begins an integration. Where a fetcher.yml says how an API is asked, `portolan fetch` brings \
      fixtures, and `dry-run --live` and `map --live` map what the API gives now.

      For completion in the shell: source <(portolan --generate-completion-script bash)
      """,
    version: Version.text,
    subcommands: [
      DryRunCommand.self, LintCommand.self, ExplainCommand.self, TestCommand.self, MapCommand.self,
      PlanCommand.self, SyncCommand.self, ServeCommand.self, EventsCommand.self, CatalogCommand.self,
      FetchCommand.self, ConfigCommand.self,
      SchemaCommand.self, NewCommand.self, RuleCommand.self, LanguageServerCommand.self,
    ])

  /// Runs the command. Bad arguments end with status 2, as everything does that cannot be run at all;
  /// the argument parser's own status for them is 64.
  static func main() async {
    // Nothing else runs yet: a process for expressions starts as quickly as it can, and the environment may be
    // changed.
    SandboxHost.serveIfAsked()
    AllowedEnvironment.remember()
    SandboxHost.hideHomeLibrary()
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      StandardStream.error.write(unknownCommand ?? message(of: error))
      exit(withError: ExitStatus.nothingRun)
    }
  }

  /// What is wrong with the arguments, in the form of all other messages.
  private static func message(of error: any Error) -> String {
    let text = fullMessage(for: error)
    return suggesting(text.hasPrefix("Error: ") ? "error: " + text.dropFirst(7) : text) + "\n"
  }

  /// `message`, with the option that was meant where that is one of those that every command has: the argument parser
  /// knows the others alone.
  private static func suggesting(_ message: String) -> String {
    guard let match = message.prefixMatch(of: /error: Unknown option '(--[^']+)'(?!\. Did)/),
      let meant = Spelling.nearest(to: String(match.1), in: ["--version", "--help"])
    else { return message }
    return match.0 + ". Did you mean '\(meant)'?" + message[match.range.upperBound...]
  }

  /// What to say of a first word that is no command, nil where that is not what is wrong.
  private static var unknownCommand: String? {
    let names = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
      !names.contains(word), word != "help"
    else { return nil }
    return "error: there is no command `\(word)`\n  → "
      + Suggestion.help(for: word, among: names, "the commands are") + "\n"
  }
}
