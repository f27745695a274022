import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan explain`
struct ExplainCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show step by step how one object becomes an entity, or how a kind is fetched.",
    discussion: """
      One raw object of the fixtures is followed through the mapping: the items that itemsToParse makes of \
      it, the selector's answer, and for each field the expression, the parts of the object that it reads, \
      and its value, or jq's error and where in the expression it was raised. With --field it shows what \
      each part of that one expression gives. A kind that several resources read is explained for each.

      The first item is shown unless told otherwise. --item counts from 1 over all fixtures of the kind, in \
      the order of dry-run, filtered items included. --identifier also finds an item that the selector \
      turns away.

      With --input it is an object of that file, or of standard input, instead of the fixtures.

      With --fetch it shows what the integration's fetcher.yml says of the kind instead: the request, what each \
      parameter is and where that comes from, the pages, the parents, and the settings of a selector. Nothing \
      is sent.

      With --entity it explains how an entity of a local catalog was made, now or at an older revision: the config \
      is the one that made it, and the raw object is what the catalog kept (`portolan sync --keep-raw`), or what the \
      fixture still holds unchanged.

      Exit status: 0 explained, 1 there is no such kind, item, identifier or field, 2 nothing could be run.

      EXAMPLES:
        portolan explain issue
        portolan explain issue --identifier TICK-101 --field properties.url
        portolan explain issue --integration jira --item 3 --format json
        portolan explain issue --input issues.ndjson --line 8123
        curl … | portolan explain issue --input -
        portolan explain issue --fetch
        portolan explain --entity jiraIssue/TICK-101 --revision 12
      """)

  @Argument(help: "The kind of raw object, as `issue`.", completion: Completions.kind)
  var kind: String?

  @Option(
    help: ArgumentHelp("Explain this entity of a local catalog instead.", valueName: "blueprint/id"))
  var entity: String?

  @Option(help: ArgumentHelp("With --entity: as it was at this revision of the catalog.", valueName: "n"))
  var revision: Int?

  @OptionGroup var catalog: CatalogFileOption

  @Option(help: ArgumentHelp("The item with this number, counted from 1.", valueName: "n"))
  var item: Int?

  @Option(help: ArgumentHelp("The item whose entity has this identifier.", valueName: "id"))
  var identifier: String?

  @Option(
    help: ArgumentHelp(
      "Only this field, part by part: title, properties.url, selector.query, itemsToParse.",
      valueName: "path"),
    completion: Completions.field)
  var field: String?

  @Option(
    help: ArgumentHelp("An integration, or a folder that holds some.", valueName: "name"),
    completion: Completions.integration)
  var integration: String?

  @Flag(help: "Show how the kind is fetched instead, by fetcher.yml.")
  var fetch = false

  @Option(
    help: ArgumentHelp(
      "Explain an object of this file instead of the fixtures; - is standard input.", valueName: "file"),
    completion: .file())
  var input: String?

  @Option(help: ArgumentHelp("With --input: only the object in this line, counted from 1.", valueName: "n"))
  var line: Int?

  @OptionGroup var source: SourceOptions

  @Option(help: "How to print it: for a person, or as one document.")
  var format: ExplanationFormat = .text

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    guard (kind == nil) != (entity == nil) else {
      throw ValidationError(
        "name a kind of raw objects, as `explain issue`, or an entity with --entity BLUEPRINT/ID")
    }
    if entity == nil, revision != nil || catalog.catalog != nil {
      throw ValidationError("--revision and --catalog go with --entity")
    }
    if entity != nil,
      fetch || item != nil || identifier != nil || integration != nil || source.config != nil
        || source.fixtures != nil
    {
      throw ValidationError("--entity says which object and which config: it goes with --field and --format")
    }
    if line != nil, input == nil {
      throw ValidationError("--line is a line of a file; name it with --input FILE")
    }
    if let line, line < 1 { throw ValidationError("--line counts from 1, as --line 1") }
    if input != nil, entity != nil || fetch || source.fixtures != nil {
      throw ValidationError("--input says which objects; leave --fixtures, --entity and --fetch out")
    }
    if item != nil, identifier != nil {
      throw ValidationError("--item and --identifier both say which item; give one of them")
    }
    if fetch,
      item != nil || identifier != nil || field != nil || source.config != nil || source.fixtures != nil
    {
      throw ValidationError("--fetch shows no object: it goes with --integration and --format alone")
    }
    if let item, item < 1 { throw ValidationError("--item counts from 1, as --item 1") }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    if let entity { return try await explain(EntityKey(argument: entity), printer) }
    let kind = kind ?? ""
    if fetch { return try explainFetching(kind, printer) }
    let configs = try LoadedConfigs(source.runs(integration, hasInput: input != nil), evaluation.linter)
    printFindings(configs, of: kind, printer)
    let environment = evaluation.environment
    environment.warn(printer)
    var request = ExplainRequest(kind: kind, choice: choice, field: field)
    if let input { request.page = try await InputFile.read(input, line: line) }
    let answer = await configs.explain(request, environment.environment)
    printer.print(answer.problems)
    guard !answer.explained.isEmpty else {
      printer.print(.error, answer.message, help: answer.help)
      return answer.isNothingRun ? .nothingRun : .wrong
    }
    let sink = OutputSink()
    try sink.write(format.render(answer.explained, style: sink.style, field: field))
    return .fine
  }

  /// Prints what is wrong with what is explained, and how much else is wrong.
  private func printFindings(_ configs: LoadedConfigs, of kind: String, _ printer: DiagnosticPrinter) {
    var others = configs.summary
    var own = others
    let known = configs.usable.map { (path: $0.run.configPath, lines: $0.config.lines(ofKind: kind)) }
    own.findings.removeAll { found in
      guard let location = found.finding.location,
        let config = known.first(where: { $0.path == location.file })
      else { return configs.usable.contains { $0.run.configPath == found.file } }
      let isOfKind = config.lines.contains { $0.contains(location.line) }
      let isOfField =
        field.map { name in found.finding.field.map { Explainer.names(name, $0) } ?? true } ?? true
      return !isOfKind || !isOfField
    }
    let shown = Set(own.diagnostics)
    others.findings.removeAll { shown.contains($0.finding) }
    printer.print(own.diagnostics)
    if let counts = others.counts {
      StandardStream.error.write("\(counts) elsewhere: `portolan lint` shows all\n")
    }
  }

  private func explain(_ key: EntityKey, _ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = evaluation.environment
    environment.warn(printer)
    let request = EntityExplanationRequest(
      key: key, revision: revision, field: field, option: catalog.option)
    let answer = try await request.answer(catalog.open(), environment.environment)
    guard !answer.explained.isEmpty else {
      printer.print(.error, answer.message, help: answer.help)
      return .wrong
    }
    let sink = OutputSink()
    try sink.write(format.render(answer.explained, style: sink.style, field: field))
    return .fine
  }

  private func explainFetching(_ kind: String, _ printer: DiagnosticPrinter) throws(UsageError) -> Verdict {
    let (found, help, problems) = try FetchExplanationRequest(kind: kind, integration: integration)
      .explanations()
    printer.print(problems)
    guard !found.isEmpty else {
      printer.print(.error, "no fetcher.yml says how to fetch the kind `\(kind)`", help: help)
      return .wrong
    }
    let sink = OutputSink()
    try sink.write(format.render(found, style: sink.style))
    return .fine
  }

  private var choice: ItemChoice {
    if let identifier { return .identifier(identifier) }
    return item.map { .number($0) } ?? .first
  }
}
