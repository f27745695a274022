import ArgumentParser
import JQ
import Portolan

/// Which integration: the argument of the commands that take one.
struct IntegrationArgument: ParsableArguments {
  @Argument(
    help: "The name of an integration, or a folder that holds some.", completion: Completions.integration)
  var integration: String?
}

/// Which files, where not the integration's own.
struct SourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The config, instead of the integration's.", valueName: "file"),
    completion: Completions.config)
  var config: String?

  @Option(
    help: ArgumentHelp("The folder of raw objects: <kind>.json or <kind>/*.json.", valueName: "dir"),
    completion: .directory)
  var fixtures: String?

  /// The runs that the arguments name, their configs not yet read; where there `hasInput`, without fixtures if need
  /// be.
  ///
  /// - Throws: `UsageError` where there is none.
  func runs(
    _ integration: String?, blueprints: String? = nil, hasInput: Bool = false
  ) throws(UsageError) -> [PlannedRun] {
    try RunSelection(
      integration: integration, config: config.map(FileArgument.path), fixtures: fixtures,
      blueprints: blueprints, hasInput: hasInput
    ).runs()
  }
}

/// Which environment variables expressions may see.
struct EnvironmentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Let expressions see this environment variable as env.NAME (repeatable); none by default.",
      valueName: "name"))
  var allowEnv: [String] = []
}

/// What expressions may see and take: the arguments of all commands that evaluate some.
struct EvaluationOptions: ParsableArguments {
  static let usualTimeout: Double = 1

  @OptionGroup var variables: EnvironmentOptions

  @OptionGroup var rules: RuleOptions

  @Option(
    help: ArgumentHelp(
      "Seconds that one expression may take for one item before it is ended.", valueName: "seconds"))
  var timeout = Self.usualTimeout

  func validate() throws {
    guard timeout > 0, timeout <= 3600 else {
      throw ValidationError("--timeout takes a number of seconds above 0 and up to 3600, as --timeout 5")
    }
  }

  /// Lints configs as the arguments say.
  var linter: Linter { Linter(allowedVariables: Set(variables.allowEnv), levels: rules.levels) }

  /// What the arguments let expressions see, and how long they may take.
  var environment: AllowedEnvironment {
    AllowedEnvironment(variables.allowEnv, limits: JQLimits(timeout: .seconds(timeout)))
  }
}

/// What to map and how: the arguments of the commands that run a mapping on fixtures.
struct MappingOptions: ParsableArguments {
  @OptionGroup var argument: IntegrationArgument
  @OptionGroup var source: SourceOptions

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Map only these kinds.", valueName: "kind"),
    completion: Completions.kind)
  var kind: [String] = []

  @OptionGroup var evaluation: EvaluationOptions

  /// The runs that the arguments name, their configs not yet read; `blueprints` is a file that is taken for
  /// the integration's own.
  ///
  /// - Throws: `UsageError` where there is none.
  func runs(blueprints: String? = nil, hasInput: Bool = false) throws(UsageError) -> [PlannedRun] {
    try source.runs(argument.integration, blueprints: blueprints, hasInput: hasInput)
  }

  /// What expressions may see of the environment, and how long they may take.
  var environment: AllowedEnvironment { evaluation.environment }
}
