import YAMLTree

extension PortAppConfig {
  /// Reads the config file at `path`.
  ///
  /// A resource that is not well-formed is left out and named in ``diagnostics``: it costs only itself.
  /// - Throws: ``DiagnosticsError`` where nothing can be run: the file cannot be read, is not YAML, or
  ///   has no usable resource.
  public init(contentsOf path: String) throws(DiagnosticsError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw DiagnosticsError([error.diagnostic])
    }
    try self.init(yaml: bytes, file: path)
  }

  /// Reads a config from YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError``, as ``init(contentsOf:)``.
  public init(yaml bytes: [UInt8], file: String) throws(DiagnosticsError) {
    let root: YAMLNode
    do throws(YAMLError) {
      root = try YAMLParser.parse(bytes)
    } catch {
      throw DiagnosticsError([Diagnostic(yaml: error, file: file)])
    }
    var reader = ConfigReader(file: file)
    self = reader.config(root)
    if resources.isEmpty, diagnostics.contains(where: { $0.severity == .error }) {
      throw DiagnosticsError(diagnostics)
    }
  }
}

extension Diagnostic {
  /// What libyaml, or the composer above it, says about a file.
  init(yaml error: YAMLError, file: String) {
    let position = error.position
    self.init(
      .error, .yamlSyntax, error.message, help: error.help,
      at: SourceLocation(position, in: file))
  }
}

extension Diagnostic.Rule {
  /// The text is not YAML.
  public static let yamlSyntax = Self("yaml-syntax")
  /// A key that must be there is missing.
  public static let missingKey = Self("missing-key")
  /// A key that nothing reads.
  public static let unknownKey = Self("unknown-key")
  /// A value of the wrong type or outside its range.
  public static let wrongType = Self("wrong-type")
}
