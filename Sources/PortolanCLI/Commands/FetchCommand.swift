import ArgumentParser
import Portolan
import PortolanHTTP

/// `portolan fetch`
struct FetchCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch raw objects from the API into the fixtures, without what is personal or secret.",
    discussion: """
      The kinds are those of the integration's config, asked for as its selectors say; --kind names others \
      that fetcher.yml knows. A kind goes into a file as a whole, or not at all: Fixtures/<name>/<kind>.json, \
      or <kind>/fetched.json where the kind has a folder.

      E-mail addresses, tokens, people's names and avatars are replaced by others, the same ones each time, so \
      that relations still match. That hides them from a reader; it does not make the data anonymous.

      What the API needs to be told is read from OCEAN__INTEGRATION__CONFIG__… in the environment, .env and \
      config.yaml: `portolan config` shows it.

      Exit status: 0 every kind was fetched, 1 one was not, 2 nothing could be fetched.

      EXAMPLES:
        portolan fetch jira
        portolan fetch jira --kind issue --limit 200
      """)

  @OptionGroup var argument: IntegrationArgument

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Fetch only these kinds.", valueName: "kind"),
    completion: Completions.kind)
  var kind: [String] = []

  @Option(help: ArgumentHelp("At most so many objects of each kind.", valueName: "count"))
  var limit = 50

  @Flag(help: "Fetch every object, however many there are. They are kept in memory until they are written.")
  var all = false

  @Option(
    help: ArgumentHelp("The folder to write into, instead of the integration's fixtures.", valueName: "dir"),
    completion: .directory)
  var fixtures: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Replace e-mail addresses, tokens, people's names and avatars.")
  var redact = true

  func validate() throws {
    guard limit >= 1 else { throw ValidationError("--limit takes a number from 1 on, as --limit 20") }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let integration = try IntegrationSelection().one(argument.integration, for: "portolan fetch NAME")
    let fetcher = try LiveSource.fetcher(of: integration, limit: all ? nil : limit)
    printer.print(fetcher.diagnostics)
    let folder = FixtureFolder(fixtures ?? integration.fixturesPath)
    var run = FixtureFetch(fetcher, FixtureWriter(folder), isRedacted: redact)
    for (kind, requests) in try requests(integration, printer) {
      await run.fetch(kind, requests)
    }
    printer.print(run.diagnostics)
    run.report()
    return .wrong(if: run.diagnostics.contains { $0.severity == .error })
  }

  /// What is asked for, kind by kind: what the config maps, and what else was named.
  private func requests(
    _ integration: Integration, _ printer: DiagnosticPrinter
  ) throws(UsageError) -> [(kind: String, [FetchRequest])] {
    let config = try LintedConfig.read(LintTarget(integration), named: integration.name, Linter())
    // What is wrong with how a kind is mapped does not concern those who fetch it.
    printer.print(config.diagnostics.filter { $0.severity == .error && $0.rule.isOfFetching })
    let mapped = config.fetchRequests
    let kinds = kind.isEmpty ? mapped.map(\.kind).unique : kind.unique
    return kinds.map { kind in
      let requests = mapped.filter { $0.kind == kind }
      return (kind, requests.isEmpty ? [FetchRequest(kind: kind)] : requests)
    }
  }
}

extension Diagnostic.Rule {
  /// Whether a finding of it changes what is fetched: it costs a resource, or a setting of its selector.
  fileprivate var isOfFetching: Bool { [.missingKey, .wrongType, .unknownSetting].contains(self) }
}
