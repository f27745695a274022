import YAMLTree

/// What an integration can fetch: its `spec.yml`.
public struct IntegrationSpec: Sendable, Hashable {
  /// The name that people see, nil where there is none.
  public var title: String?
  /// The kinds of raw objects, in the file's order.
  public var kinds: [String]

  /// Creates a specification.
  public init(title: String? = nil, kinds: [String]) {
    self.title = title
    self.kinds = kinds
  }

  /// Reads a file: the kinds stand under `features`, in each one's `resources`.
  ///
  /// - Throws: ``DiagnosticsError`` where the file cannot be read or is not YAML. What it does not say is
  ///   left out.
  public static func load(contentsOf path: String) throws(DiagnosticsError) -> IntegrationSpec {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw DiagnosticsError([error.diagnostic])
    }
    do throws(YAMLError) {
      return IntegrationSpec(try YAMLParser.parse(bytes))
    } catch {
      throw DiagnosticsError([Diagnostic(yaml: error, file: path)])
    }
  }

  private init(_ root: YAMLNode) {
    title = root.mapping?["title"]?.string
    kinds = (root.mapping?["features"]?.sequence ?? [])
      .flatMap { $0.mapping?["resources"]?.sequence ?? [] }
      .compactMap { $0.mapping?["kind"]?.string }
  }
}
