/// Finds what is wrong or doubtful in a config without running it.
///
/// ```swift
/// let report = Linter().lint(.config(at: "port-app-config.yml"))
/// for finding in report.findings { print(finding) }
/// ```
public struct Linter: Sendable {
  /// The environment variables that expressions may see.
  public var allowedVariables: Set<String>

  /// Creates a linter.
  public init(allowedVariables: Set<String> = []) {
    self.allowedVariables = allowedVariables
  }

  /// Lints a config, and compares it with the files beside it. Everything that is wrong is in the report, but for
  /// what is wrong in the `fetcher.yml` itself: ``lintFetcher(at:spec:)`` finds that.
  public func lint(_ target: LintTarget) -> LintReport {
    lint(target, fetcher: nil)
  }

  /// Lints a config; `fetcher` is what asks for its kinds where no `fetcher.yml` is beside it.
  package func lint(_ target: LintTarget, fetcher: FetcherDefinition?) -> LintReport {
    read(target.configPath) { source in
      var others: [Diagnostic] = []
      let spec = load(target.specPath, IntegrationSpec.load, &others)
      let blueprints = load(target.blueprintsPath, Blueprints.load(contentsOf:), &others)
      // What is wrong with it is said where it is linted.
      let definition = target.fetcherPath.map { try? FetcherDefinition.load(contentsOf: $0) } ?? fetcher
      let findings = lint(
        source, file: target.configPath, spec: spec, fetcher: definition, blueprints: blueprints)
      return findings + (spec?.diagnostics ?? []) + others
    }
  }

  /// Lints a `fetcher.yml`, and compares it with the `spec.yml` at the path `spec`, if any.
  ///
  /// ```swift
  /// let report = Linter().lintFetcher(at: ".port/acme/fetcher.yml", spec: ".port/acme/spec.yml")
  /// for finding in report.findings { print(finding) }
  /// ```
  public func lintFetcher(at path: String, spec: String? = nil) -> LintReport {
    read(path) { source in
      // What is wrong with it is said with the config.
      let known = spec.flatMap { try? IntegrationSpec.load(contentsOf: $0) }
      return lintFetcher(source, file: path, spec: known)
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
    blueprints: Blueprints? = nil
  ) -> [Diagnostic] {
    let config: ConfigTree
    do throws(DiagnosticsError) {
      config = try ConfigTree(yaml: source, file: file)
    } catch {
      return error.diagnostics
    }
    var findings =
      config.problems + ResourceRules(config, spec: fetcher?.otherKinds == nil ? spec : nil).findings()
    if let fetcher { findings += SelectorRules(config, fetcher, spec: spec).findings() }
    findings += ExpressionRules(
      config.resources.flatMap(\.expressions), in: config.source, allowedVariables: allowedVariables
    ).findings()
    if let blueprints { findings += BlueprintRules(config, blueprints).findings() }
    return findings.eachOnce.inFileOrder()
  }

  private func read(_ path: String, _ findings: ([UInt8]) -> [Diagnostic]) -> LintReport {
    do throws(FileError) {
      let source = try FileBytes.read(path)
      return LintReport(file: path, source: source, findings: findings(source))
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
