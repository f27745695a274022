/// Finds what is wrong or doubtful in a config without running it.
///
/// ```swift
/// let report = Linter().lint(.config(at: "port-app-config.yml"))
/// for finding in report.findings { print(finding) }
/// ```
public struct Linter: Sendable {
  /// The environment variables that expressions may see.
  public var allowedVariables: Set<String>
  /// How bad findings are, whatever the files themselves say: the comments in them, and the project's file.
  public var levels: RuleLevels

  /// Creates a linter.
  public init(allowedVariables: Set<String> = [], levels: RuleLevels = RuleLevels()) {
    self.allowedVariables = allowedVariables
    self.levels = levels
  }

  /// Lints a config, and compares it with the files beside it. Everything that is wrong is in the report, but for
  /// what is wrong in the `fetcher.yml` itself: ``lintFetcher(at:spec:project:)`` finds that.
  public func lint(_ target: LintTarget) -> LintReport {
    lint(target, fetcher: nil)
  }

  /// Lints a config; `fetcher` is what asks for its kinds where no `fetcher.yml` is beside it.
  /// `text` is what the config holds where that is not what is on disk, as in an editor.
  package func lint(
    _ target: LintTarget, fetcher: FetcherDefinition?, text: [UInt8]? = nil
  ) -> LintReport {
    read(target.configPath, text, project: target.projectPath) { source, levels in
      let tree: ConfigTree
      do throws(DiagnosticsError) {
        tree = try ConfigTree(yaml: source, file: target.configPath)
      } catch {
        return (error.diagnostics, nil)
      }
      var others = target.specPath.flatMap { levels.read(fileAt: $0) } ?? []
      let spec = load(target.specPath, IntegrationSpec.load, &others)
      let blueprints = load(target.blueprintsPath, Blueprints.load(contentsOf:), &others)
      // What is wrong with it is said where it is linted.
      let definition = target.fetcherPath.map { try? FetcherDefinition.load(contentsOf: $0) } ?? fetcher
      let findings = lint(
        tree, spec: spec, fetcher: definition, blueprints: blueprints,
        integration: (spec?.type ?? target.integrationType).flatMap(IntegrationType.init),
        fixtures: target.fixturesPath.map(FixtureFolder.init))
      return (findings + (spec?.diagnostics ?? []) + others, tree)
    }
  }

  /// Lints a `fetcher.yml`, and compares it with the `spec.yml` at the path `spec`, if any; `project` is the
  /// project's ``ProjectFile``.
  ///
  /// ```swift
  /// let report = Linter().lintFetcher(at: ".port/acme/fetcher.yml", spec: ".port/acme/spec.yml")
  /// for finding in report.findings { print(finding) }
  /// ```
  public func lintFetcher(at path: String, spec: String? = nil, project: String? = nil) -> LintReport {
    lintFetcher(at: path, spec: spec, project: project, text: nil)
  }

  /// Lints a `fetcher.yml` that holds `text`, as in an editor; nil for what is on disk.
  package func lintFetcher(at path: String, spec: String?, project: String?, text: [UInt8]?) -> LintReport {
    read(path, text, project: project) { source, _ in
      // What is wrong with it is said with the config.
      let known = spec.flatMap { try? IntegrationSpec.load(contentsOf: $0) }
      return (lintFetcher(source, file: path, spec: known), nil)
    }
  }

  /// Lints the text of a `fetcher.yml`; `file` names it in messages.
  func lintFetcher(_ source: [UInt8], file: String, spec: IntegrationSpec?) -> [Diagnostic] {
    do throws(DiagnosticsError) {
      let tree = FetcherTree(document: try DocumentReader.read(yaml: source, by: .fetcher, file: file))
      let own = FetcherCheck(tree, allowedVariables: allowedVariables).findings()
      return (own + (spec.map { SpecRules(tree, $0).findings() } ?? [])).eachOnce.inFileOrder()
    } catch {
      return error.diagnostics
    }
  }

  /// Lints a config's text; `file` names it in messages.
  func lint(
    _ source: [UInt8], file: String, spec: IntegrationSpec? = nil, fetcher: FetcherDefinition? = nil,
    blueprints: Blueprints? = nil, integration: IntegrationType? = nil
  ) -> [Diagnostic] {
    do throws(DiagnosticsError) {
      return lint(
        try ConfigTree(yaml: source, file: file), spec: spec, fetcher: fetcher, blueprints: blueprints,
        integration: integration)
    } catch {
      return error.diagnostics
    }
  }

  /// Lints a config that has been read, by itself: the findings, and how bad those are that are made later.
  func lintAlone(_ tree: ConfigTree) -> (findings: [Diagnostic], levels: FindingLevels) {
    var levels = FindingLevels(call: self.levels)
    let comments = levels.read(tree.source, file: tree.file)
    return (levels.settled(lint(tree), comments, []), levels)
  }

  /// Lints a config that has been read.
  func lint(
    _ config: ConfigTree, spec: IntegrationSpec? = nil, fetcher: FetcherDefinition? = nil,
    blueprints: Blueprints? = nil, integration: IntegrationType? = nil, fixtures: FixtureFolder? = nil
  ) -> [Diagnostic] {
    // What asks for the kinds knows them better than a list for people.
    var findings =
      config.problems
      + ResourceRules(config, spec: fetcher == nil ? spec : nil, fixtures: fixtures).findings()
    if let integration { findings += IntegrationRules(config, integration).findings() }
    if let fetcher { findings += SelectorRules(config, fetcher).findings() }
    findings += ExpressionRules(
      config.resources.flatMap(\.expressions), in: config.source, allowedVariables: allowedVariables
    ).findings()
    if let blueprints {
      let ofBlueprints = BlueprintRules(config, blueprints).findings()
      // What is of a wrong type because `or` stands for `//` is said once: by the type, which knows what is meant.
      let judged = Set(ofBlueprints.filter { $0.rule == .wrongValue }.compactMap(\.field))
      findings.removeAll { $0.rule == .constantCondition && ($0.field.map(judged.contains) ?? false) }
      findings += ofBlueprints
    }
    return findings.eachOnce.inFileOrder()
  }

  /// A report on the file at `path`: what `findings` finds in its bytes, and the config that it is.
  private func read(
    _ path: String, _ text: [UInt8]?, project: String?,
    _ findings: (_ source: [UInt8], _ levels: inout FindingLevels) -> (found: [Diagnostic], tree: ConfigTree?)
  ) -> LintReport {
    do throws(FileError) {
      let source = if let text { text } else { try FileBytes.read(path) }
      var others: [Diagnostic] = []
      let file = load(project, ProjectFile.init(contentsOf:), &others)
      others += file?.diagnostics ?? []
      var levels = FindingLevels(call: self.levels, project: file?.levels ?? RuleLevels())
      let comments = levels.read(source, file: path)
      let (found, tree) = findings(source, &levels)
      let levelled = levels.settled(found, comments, others)
      return LintReport(
        file: path, source: source, findings: levelled,
        config: tree.flatMap { PortAppConfig(runnable: $0, levelled, levels) })
    } catch {
      return LintReport(file: path, source: nil, findings: [error.diagnostic])
    }
  }

  private func load<Value>(
    _ path: String?, _ load: (String) throws(DiagnosticsError) -> Value, _ diagnostics: inout [Diagnostic]
  ) -> Value? {
    guard let path else { return nil }
    do throws(DiagnosticsError) {
      return try load(path)
    } catch {
      diagnostics += error.diagnostics
      return nil
    }
  }
}
