import ArgumentParser
import JQ

/// What expressions may see and take: the arguments of all commands that evaluate some.
struct EvaluationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Let expressions see this environment variable as env.NAME (repeatable); none by default.",
      valueName: "name"))
  var allowEnv: [String] = []

  @Option(
    help: ArgumentHelp(
      "Seconds that one expression may take for one item before it is ended.", valueName: "seconds"))
  var timeout: Double = 1

  func validate() throws {
    guard timeout > 0, timeout <= 3600 else {
      throw ValidationError("--timeout takes a number of seconds above 0 and up to 3600, as --timeout 5")
    }
  }

  /// What the arguments let expressions see, and how long they may take.
  var environment: AllowedEnvironment {
    AllowedEnvironment(allowEnv, limits: JQLimits(timeout: .seconds(timeout)))
  }
}
