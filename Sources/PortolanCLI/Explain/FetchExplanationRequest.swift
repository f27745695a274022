import Portolan
import PortolanHTTP

/// What is known of how a kind is fetched, in all integrations or in one.
struct FetchExplanationRequest {
  var kind: String
  /// An integration's name or a folder.
  var integration: String?

  /// The kind, in each integration that fetches it.
  ///
  /// - Throws: `UsageError` where no integration has a fetcher that can be read.
  func explanations() throws(UsageError) -> (found: [FetchExplanation], help: String, problems: [Diagnostic])
  {
    let selection = IntegrationSelection()
    let integrations =
      if let integration { try selection.named(integration) } else { try selection.here() }
    var problems: [Diagnostic] = []
    var definitions: [(name: String, definition: FetcherDefinition)] = []
    for integration in integrations {
      guard let path = integration.fetcherPath else {
        if let builtIn = BuiltInFetchers.definition(named: integration.name) {
          definitions.append((integration.name, builtIn))
        }
        continue
      }
      do throws(DiagnosticsError) {
        let definition = try FetcherDefinition.load(contentsOf: path)
        problems += definition.diagnostics.filter { $0.severity == .error }
        definitions.append((integration.name, definition))
      } catch {
        problems += error.diagnostics
      }
    }
    guard !definitions.isEmpty else {
      guard problems.isEmpty else { throw UsageError(problems) }
      throw UsageError(
        "no fetcher.yml is here", "it would be beside spec.yml, as .port/\(integrations[0].name)/fetcher.yml")
    }
    let known = definitions.flatMap { $0.definition.kinds.map(\.name) }.unique
    return (
      definitions.compactMap { FetchExplanation(kind, of: $0.definition, integration: $0.name) },
      Suggestion.help(for: kind, among: known, "the kinds are"), problems
    )
  }
}
