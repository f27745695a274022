import ArgumentParser
import Portolan

/// What makes `map` end with status 1.
enum FailLevel: String, ExpressibleByArgument, CaseIterable {
  /// Nothing.
  case never
  /// What is wrong in the mapping, or with an object.
  case mapping
  /// An object that was not mapped, too, unless the selector turned it away.
  case any

  /// Whether a run with these findings and reports is wrong.
  func isWrong(_ found: [Diagnostic], _ reports: [ResourceReport]) -> Bool {
    let isMappingWrong =
      found.contains { $0.severity == .error } || reports.contains { $0.failed > 0 || !$0.compiles }
    return switch self {
    case .never: false
    case .mapping: isMappingWrong
    case .any: isMappingWrong || reports.contains { $0.skipped > 0 || $0.unparsed > 0 }
    }
  }
}
