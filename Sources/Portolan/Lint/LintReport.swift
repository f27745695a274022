/// What was found in one config.
public struct LintReport: Sendable {
  /// The config.
  public var file: String
  /// Its text, to show findings in; nil where it cannot be read.
  public var source: [UInt8]?
  /// The findings, in the order of the file.
  public var findings: [Diagnostic]
  /// What can be run of it: all resources that are well-formed, with ``findings`` for its diagnostics. Nil where nothing
  /// can be run, and where the file is no config.
  public var config: PortAppConfig?
}
