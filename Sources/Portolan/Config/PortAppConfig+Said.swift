import JQ
import YAMLTree

extension PortAppConfig {
  /// ``diagnostics``, without what is wrong only where expressions may not see the variables of `environment`; with
  /// what `blueprints` do not allow.
  package func findings(seeing environment: JQEnvironment, _ blueprints: Blueprints? = nil) -> [Diagnostic] {
    let seen = diagnostics.filter { diagnostic in
      guard case .allowVariable(let name)? = diagnostic.remedy else { return true }
      return environment.variables[name] == nil
    }
    guard let blueprints else { return seen }
    let others = seen.filter { $0.location?.file != path }
    let own = seen.filter { $0.location?.file == path }
    let known = levels.applied(to: BlueprintRules(tree, blueprints).findings())
    return (own + known).eachOnce.inFileOrder() + others
  }

  /// What a run tells that ``diagnostics`` do not say already, each finding as bad as it is said to be.
  package func added(_ ofRun: [Diagnostic]) -> [Diagnostic] {
    levels.applied(to: ofRun.filter { !says($0) })
  }

  /// Whether one of ``diagnostics`` says already, of the same expression, that it does not compile, or can make no
  /// selector.
  package func says(_ diagnostic: Diagnostic) -> Bool {
    guard [.invalidExpression, .selectorFailed].contains(diagnostic.rule), let place = diagnostic.location
    else { return false }
    return error(ofExpressionAround: place) != nil
  }

  /// The first error of ``diagnostics`` in the expression in which `place` is; nil where there is none.
  package func error(ofExpressionAround place: SourceLocation) -> Diagnostic? {
    guard let range = tree.expressionRange(around: place) else { return nil }
    return diagnostics.first { said in
      guard said.severity == .error, let location = said.location else { return false }
      // What YAML cut off is behind the expression.
      let isCutOff = said.rule == .cutByComment && location.line == range.upperBound.line
      return range.contains(location) || isCutOff && location.file == range.upperBound.file
    }
  }
}

extension PortAppConfig {
  /// The lines of the file that its resources of `kind` take.
  package func lines(ofKind kind: String) -> [ClosedRange<Int>] {
    tree.resources.filter { $0.kind?.text == kind }.map { resource in
      let yaml = resource.node.yaml
      return yaml.start.line...max(yaml.start.line, yaml.end.line)
    }
  }
}

extension ConfigTree {
  /// From where to where the expression goes in which `place` is, nil where none is.
  fileprivate func expressionRange(around place: SourceLocation) -> ClosedRange<SourceLocation>? {
    resources.lazy.flatMap(\.expressions).map(\.node)
      .map { SourceLocation($0.start, in: file)...SourceLocation($0.end, in: file) }
      .first { $0.contains(place) }
  }
}

extension SourceLocation: Comparable {
  /// Whether one place is before another: by file, line and column.
  public static func < (first: SourceLocation, second: SourceLocation) -> Bool {
    (first.file, first.line, first.column) < (second.file, second.line, second.column)
  }
}
