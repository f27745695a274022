import Portolan

/// What the editor's findings are made with: the same as `portolan lint` and `portolan dry-run` use.
package struct EditorLinter: Sendable {
  let linter: Linter
  let environment: JQEnvironment
  let fetcher: @Sendable (String) -> FetcherDefinition?

  /// Lints as `linter` does, and evaluates with `environment`; `fetcher` gives what asks for the kinds of the
  /// integration of a name that has no `fetcher.yml`.
  package init(
    _ linter: Linter = Linter(), environment: JQEnvironment = JQEnvironment(),
    fetcher: @escaping @Sendable (String) -> FetcherDefinition? = { _ in nil }
  ) {
    self.linter = linter
    self.environment = environment
    self.fetcher = fetcher
  }
}
