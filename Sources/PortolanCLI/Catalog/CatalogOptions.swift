import ArgumentParser
import JQ
import Portolan
import PortolanCatalog
import RawJSON

/// What is mapped, and into which catalog: the arguments that plan and sync share.
struct CatalogOptions: ParsableArguments {
  @OptionGroup var argument: IntegrationArgument

  @OptionGroup var source: SourceOptions

  @Flag(help: "Take the raw objects from the API now, as fetcher.yml says, instead of fixtures.")
  var live = false

  // A limited fetch is known to the other commands, so that it is tried here, too.
  @Option(help: .hidden)
  var limit: Int?

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Map only these kinds.", valueName: "kind"),
    completion: Completions.kind)
  var kind: [String] = []

  @Option(
    help: ArgumentHelp(
      "The catalog: `port`, or a file; without it .port/.catalog/<name>.db.", valueName: "catalog"),
    completion: .file())
  var to: String?

  @Option(help: ArgumentHelp("The integration's type, instead of its name.", valueName: "type"))
  var type: String?

  @Option(
    help: ArgumentHelp(
      "Which integration of that type writes; my-<type>-integration by default.", valueName: "id"))
  var identifier: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "These kinds may give nothing although they gave something before.", valueName: "kind"),
    completion: Completions.kind)
  var allowEmpty: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Fields that are not compared, as jq paths: .properties.lastSeen", valueName: "path"))
  var ignore: [String] = []

  @Flag(help: "Change blueprints that are not as .port/resources says.")
  var updateBlueprints = false

  @Flag(help: "Show every entity with its fields.")
  var verbose = false

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    if limit != nil {
      throw ValidationError(
        "--limit is not for this: of a source that is not read to its end nobody can tell what is gone from it; "
          + "map fewer kinds with --kind, or try the mapping with `portolan dry-run --live --limit`")
    }
    if live, source.fixtures != nil {
      throw ValidationError("--live asks the API, --fixtures names files; leave one of them out")
    }
    _ = try ignored
  }

  /// The fields that are not compared.
  var ignored: [JSONPath] {
    get throws {
      try ignore.map { text in
        guard case .path(let path)? = JQExpression(text).plain, !path.path.steps.isEmpty else {
          throw ValidationError(
            "--ignore takes jq paths, as .properties.lastSeen or .relations[\"owned by\"]; `\(text)` is none")
        }
        return path.path
      }
    }
  }

  /// What is mapped.
  var subject: SubjectArguments {
    SubjectArguments(
      integration: argument.integration, config: source.config, fixtures: source.fixtures, isLive: live,
      kinds: kind + allowEmpty, type: type, identifier: identifier, linter: evaluation.linter)
  }

  /// Leaves out what is held for kinds that were not asked for.
  var filter: PlanFilter { PlanFilter(kinds: kind) }

  /// The arguments as words of another command that does the same, in a shell.
  var words: [String] {
    func named(_ option: String, _ values: [String]) -> [String] {
      values.isEmpty ? [] : [option] + values.map(ShellWord.quoted)
    }
    let timeout =
      evaluation.timeout == EvaluationOptions.usualTimeout ? [] : ["--timeout", "\(evaluation.timeout)"]
    return (argument.integration.map { [ShellWord.quoted($0)] } ?? [])
      + named("--config", [source.config].compactMap { $0 })
      + named("--fixtures", [source.fixtures].compactMap { $0 })
      + (live ? ["--live"] : []) + named("--kind", kind) + named("--to", [to].compactMap { $0 })
      + named("--type", [type].compactMap { $0 }) + named("--identifier", [identifier].compactMap { $0 })
      + named("--allow-empty", allowEmpty) + named("--ignore", ignore)
      + (updateBlueprints ? ["--update-blueprints"] : [])
      + evaluation.variables.allowEnv.flatMap { named("--allow-env", [$0]) }
      + evaluation.rules.rule.flatMap { named("--rule", [$0]) } + timeout
  }

  /// The options that say what is mapped and how it is compared, as far as some are given.
  var planningOptions: [String] {
    [
      (live, "--live"), (source.fixtures != nil, "--fixtures"), (source.config != nil, "--config"),
      (!kind.isEmpty, "--kind"), (!allowEmpty.isEmpty, "--allow-empty"), (!ignore.isEmpty, "--ignore"),
      (updateBlueprints, "--update-blueprints"), (type != nil, "--type"), (identifier != nil, "--identifier"),
      (!evaluation.variables.allowEnv.isEmpty, "--allow-env"), (!evaluation.rules.rule.isEmpty, "--rule"),
    ].filter(\.0).map(\.1)
  }
}
