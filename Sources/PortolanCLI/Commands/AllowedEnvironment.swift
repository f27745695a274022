#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import JQ

/// The part of the process's environment that expressions may see.
enum AllowedEnvironment {
  /// The variables with these names, as far as they are set.
  static func named(_ names: [String]) -> JQEnvironment {
    JQEnvironment(variables: ProcessInfo.processInfo.environment.filter { names.contains($0.key) })
  }
}
