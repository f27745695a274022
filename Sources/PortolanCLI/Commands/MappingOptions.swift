import ArgumentParser
import Portolan

/// What to map and how: the arguments that all commands that run a mapping share.
struct MappingOptions: ParsableArguments {
  @Argument(
    help: "The name of an integration, or a folder that holds some.",
    completion: .custom { _, _, _ in Completions.integrations })
  var integration: String?

  @Option(
    help: ArgumentHelp("The config to run, instead of the integration's.", valueName: "file"),
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Option(
    help: ArgumentHelp("The folder of raw objects: <kind>.json or <kind>/*.json.", valueName: "dir"),
    completion: .directory)
  var fixtures: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Map only these kinds.", valueName: "kind"),
    completion: .custom { _, _, _ in Completions.kinds })
  var kind: [String] = []

  @OptionGroup var evaluation: EvaluationOptions

  /// The configs that the arguments name; `blueprints` is a file that stands for the integration's own.
  ///
  /// - Throws: `UsageError` where nothing can be run.
  func configs(blueprints: String? = nil) throws(UsageError) -> LoadedConfigs {
    try LoadedConfigs(runs(blueprints: blueprints), kinds: kind)
  }

  /// The runs that the arguments name, their configs not yet read.
  ///
  /// - Throws: `UsageError` where there is none.
  func runs(blueprints: String? = nil) throws(UsageError) -> [PlannedRun] {
    try RunSelection(integration: integration, config: config, fixtures: fixtures, blueprints: blueprints)
      .runs()
  }

  /// What expressions may see of the environment, and how long they may take.
  var environment: AllowedEnvironment {
    evaluation.environment
  }
}
