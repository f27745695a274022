import JQ

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The part of the process's environment that expressions may see.
struct AllowedEnvironment {
  /// The variables that were named and are set.
  let environment: JQEnvironment
  /// The names of those that are not set.
  let unset: [String]

  /// The environment that the process was started with: `HOME` may be taken out of it.
  static let atStart = ProcessInfo.processInfo.environment

  /// Remembers the environment as it is now.
  static func remember() {
    _ = atStart
  }

  /// Takes the variables with these names; `limits` is how much an expression may take.
  init(_ names: [String], limits: JQLimits) {
    let variables = Self.atStart.filter { names.contains($0.key) }
    environment = JQEnvironment(variables: variables, limits: limits)
    unset = names.filter { variables[$0] == nil }
  }

  /// Warns of the variables that were named and are not set: a misspelt name is null without a message.
  func warn(_ printer: DiagnosticPrinter) {
    for name in unset {
      printer.print(.warning, "the environment variable `\(name)` of --allow-env is not set")
    }
  }
}
