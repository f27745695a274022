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

  /// Lints a config and the files beside it. Everything that is wrong is in the report.
  public func lint(_ target: LintTarget) -> LintReport {
    var report = LintReport(file: target.configPath, source: nil, findings: [])
    let source: [UInt8]
    do throws(FileError) {
      source = try FileBytes.read(target.configPath)
    } catch {
      report.findings = [error.diagnostic]
      return report
    }
    report.source = source
    var others: [Diagnostic] = []
    let spec = load(target.specPath, IntegrationSpec.load, &others)
    let blueprints = load(target.blueprintsPath, Blueprints.load(contentsOf:), &others)
    report.findings =
      lint(source, file: target.configPath, spec: spec, blueprints: blueprints) + (spec?.diagnostics ?? [])
      + others
    return report
  }

  /// Lints a config's text; `file` names it in messages.
  func lint(
    _ source: [UInt8], file: String, spec: IntegrationSpec? = nil, blueprints: Blueprints? = nil
  ) -> [Diagnostic] {
    let config: ConfigTree
    do throws(DiagnosticsError) {
      config = try ConfigTree(yaml: source, file: file)
    } catch {
      return error.diagnostics
    }
    var findings = config.problems + ResourceRules(config, spec: spec).findings()
    findings += ExpressionRules(
      config.resources.flatMap(\.expressions), in: config.source, allowedVariables: allowedVariables
    ).findings()
    if let blueprints { findings += BlueprintRules(config, blueprints).findings() }
    return findings.eachOnce.inFileOrder()
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
