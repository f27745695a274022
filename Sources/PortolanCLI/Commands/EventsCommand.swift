import ArgumentParser
import Portolan
import PortolanEvents

/// `portolan events`
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Look at the live events that were given up, and try them again.",
    discussion: """
      `portolan serve` tries an event again and again, with growing pauses. One that it gives up, or that it did not \
      understand, is a dead letter: it waits here until somebody retries or drops it. The service may run meanwhile.

      With `portolan serve --queue kafka`, dead letters are not here but in the topic NAME.dead; \
      docs/more-than-one-machine.md says how they are sent again.
      """,
    subcommands: [
      EventsListCommand.self, EventsShowCommand.self, EventsRetryCommand.self, EventsDropCommand.self,
    ])
}

/// Where events are: the arguments of `portolan events`.
struct EventsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The integration, where several are here.", valueName: "name"),
    completion: Completions.integration)
  var integration: String?

  @Option(
    help: ArgumentHelp(
      "Where events are kept; without it .port/.catalog/<name>.events.db.", valueName: "file"),
    completion: .file())
  var events: String?

  /// The dead letters there.
  ///
  /// - Throws: `UsageError` where there is no such file.
  func letters() throws(UsageError) -> DeadLetters {
    let path = try self.path()
    guard FolderListing.isFile(path) else {
      throw UsageError(
        "there is no file \(path): no service has kept events there",
        "name it with --events; with --queue kafka, dead letters are in the topic NAME.dead")
    }
    do {
      return try DeadLetters(path: path)
    } catch {
      throw UsageError("\(error)", nil)
    }
  }

  private func path() throws(UsageError) -> String {
    if let events { return events }
    let selection = IntegrationSelection()
    let found: [Integration]
    if let integration { found = try selection.named(integration) } else { found = try selection.here() }
    let kept = found.filter {
      (try? EventsFile.path(nil, of: $0, creates: false)).map(FolderListing.isFile) ?? false
    }
    guard kept.count <= 1 else {
      throw UsageError(
        "several integrations have events: \(kept.map(\.name).joined(separator: ", "))",
        "name one: --integration \(kept[0].name)")
    }
    return try EventsFile.path(nil, of: kept.first ?? found.first, creates: false)
  }
}

/// Which dead letters: the arguments of those commands that change some.
struct LetterArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("Their numbers, as `portolan events list` shows them.", valueName: "number"))
  var numbers: [Int64] = []

  @Flag(help: "All of them.")
  var all = false

  func validate() throws {
    guard numbers.isEmpty == all else {
      throw ValidationError(all ? "--all is all of them; leave the numbers out" : "give numbers, or --all")
    }
  }

  /// The numbers.
  func numbers(of letters: DeadLetters) async throws(UsageError) -> [Int64] {
    guard all else { return numbers }
    return try await LetterAccess.run { try await letters.list().map(\.number) }
  }
}

/// `portolan events list`
struct EventsListCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the dead letters, the oldest first.")

  @OptionGroup var options: EventsOptions

  @Option(help: "How to print them: for a person, or as JSON, one a line.")
  var format: LetterFormat = .text

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let letters = try await LetterAccess.run { try await options.letters().list() }
    let stream = StandardStream.output
    let report = DeadLetterReport(style: Style(hasColour: stream.hasColour, width: stream.width ?? 110))
    try OutputSink().write(Array((format == .json ? report.json(letters) : report.table(letters)).utf8))
    return .fine
  }
}

/// `portolan events show`
struct EventsShowCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one dead letter: what it is about, why it was given up, what it holds.")

  @Argument(help: "Its number, as `portolan events list` shows it.")
  var number: Int64

  @OptionGroup var options: EventsOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let letter = try await LetterAccess.run { try await options.letters().list([number]).first }
    guard let letter else {
      throw UsageError(
        "there is no dead letter \(number)", "`portolan events list` shows those that are there")
    }
    let stream = StandardStream.output
    let report = DeadLetterReport(style: Style(hasColour: stream.hasColour, width: stream.width ?? 110))
    try OutputSink().write(Array(report.whole(letter).utf8))
    return .fine
  }
}

/// `portolan events retry`
struct EventsRetryCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Put dead letters back into the queue, as if they had just come.",
    discussion: "A service that runs takes them within seconds; otherwise the next one does.")

  @OptionGroup var arguments: LetterArguments
  @OptionGroup var options: EventsOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let letters = try options.letters()
    let numbers = try await arguments.numbers(of: letters)
    let count = try await LetterAccess.run { try await letters.retry(numbers) }
    StandardStream.output.write("\(DeadLetterReport.count(count)) put back into the queue\n")
    if count < numbers.count {
      printer.print(
        .warning,
        "\(numbers.count - count) of \(numbers.count) could not be put back: they are not there, or were not understood",
        help:
          "`portolan events show NUMBER` says which; ask the API to send it again, or wait for the next resync"
      )
    }
    return .wrong(if: count < numbers.count)
  }
}

/// `portolan events drop`
struct EventsDropCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "drop",
    abstract: "Drop dead letters for good: the next resync makes good what they were about.")

  @OptionGroup var arguments: LetterArguments
  @OptionGroup var options: EventsOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let letters = try options.letters()
    let numbers = try await arguments.numbers(of: letters)
    let count = try await LetterAccess.run { try await letters.drop(numbers) }
    StandardStream.output.write("\(DeadLetterReport.count(count)) dropped\n")
    return .wrong(if: count < numbers.count)
  }
}

/// How dead letters are listed.
enum LetterFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One object a line.
  case json
}

/// Turns what an inbox throws into what a command does.
enum LetterAccess {
  static func run<Value: Sendable>(_ body: () async throws -> Value) async throws(UsageError) -> Value {
    do {
      return try await body()
    } catch {
      throw error as? UsageError ?? UsageError("\(error)", nil)
    }
  }
}
