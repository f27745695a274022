import ArgumentParser
import Portolan

/// `portolan explain`
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show step by step how one object becomes an entity.",
    discussion: """
      One raw object of the fixtures is followed through the mapping: the items that itemsToParse makes of \
      it, the selector's answer, and for each field the expression, the parts of the object that it reads, \
      and its value, or jq's error and where in the expression it was raised. With --field it shows what \
      each part of that one expression gives. A kind that several resources read is explained for each.

      The first item is shown unless told otherwise. --item counts from 1 over all fixtures of the kind, in \
      the order of dry-run, filtered items included. --identifier also finds an item that the selector \
      turns away.

      Exit status: 0 explained, 1 there is no such kind, item, identifier or field, 2 nothing could be run.

      EXAMPLES:
        portolan explain issue
        portolan explain issue --identifier TICK-101 --field properties.url
        portolan explain issue --integration jira --item 3 --format json
      """)

  @Argument(help: "The kind of raw object, as `issue`.")
  var kind: String

  @Option(help: ArgumentHelp("The item with this number, counted from 1.", valueName: "n"))
  var item: Int?

  @Option(help: ArgumentHelp("The item whose entity has this identifier.", valueName: "id"))
  var identifier: String?

  @Option(
    help: ArgumentHelp(
      "Only this field, part by part: title, properties.url, selector.query, itemsToParse.",
      valueName: "path"))
  var field: String?

  @Option(help: ArgumentHelp("An integration, or a folder that holds some.", valueName: "name"))
  var integration: String?

  @Option(help: ArgumentHelp("The config to explain, instead of the integration's.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("The folder of raw objects: <kind>.json or <kind>/*.json.", valueName: "dir"))
  var fixtures: String?

  @Option(help: "How to print it: for a person, or as one document.")
  var format: ExplanationFormat = .text

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    if item != nil, identifier != nil {
      throw ValidationError("--item and --identifier both say which item; give one of them")
    }
    if let item, item < 1 { throw ValidationError("--item counts from 1, as --item 1") }
  }

  func run() async throws {
    let printer = DiagnosticPrinter()
    do throws(UsageError) {
      let configs = try ExplainedConfigs(
        RunSelection(integration: integration, config: config, fixtures: fixtures).runs())
      printer.print(configs.diagnostics)
      let environment = evaluation.environment
      environment.warn(printer)
      let request = ExplainRequest(kind: kind, choice: choice, field: field)
      let answer = await configs.explain(request, environment.environment)
      printer.print(answer.problems)
      if !answer.explained.isEmpty {
        StandardStream.output.write(format.render(answer.explained, style: OutputSink().style, field: field))
        return
      }
      printer.print(.error, answer.message, help: answer.help)
    } catch {
      printer.print(error.diagnostics)
      if let message = error.message { printer.print(.error, message, help: error.help) }
      throw ExitStatus.nothingRun
    }
    throw ExitStatus.wrong
  }

  private var choice: ItemChoice {
    if let identifier { return .identifier(identifier) }
    return item.map { .number($0) } ?? .first
  }
}
