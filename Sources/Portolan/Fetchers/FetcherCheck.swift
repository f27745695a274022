/// Everything that can be found wrong in a `fetcher.yml` by itself.
struct FetcherCheck {
  private let tree: FetcherTree
  private let allowedVariables: Set<String>

  init(_ tree: FetcherTree, allowedVariables: Set<String> = []) {
    self.tree = tree
    self.allowedVariables = allowedVariables
  }

  /// The findings, in no order. One in what YAML's aliases repeat is there for each of its places.
  func findings() -> [Diagnostic] {
    let uses = FetcherExpressions(tree).all
    let expressions = ExpressionRules(
      uses.map(\.lint), in: tree.document.source, allowedVariables: allowedVariables
    ).findings()
    return tree.document.problems + FetcherRules(tree).findings() + expressions
      + uses.flatMap { ContextRules($0).findings() } + SettingRules(tree, uses).findings()
      + SecretRules(tree).findings()
  }
}
