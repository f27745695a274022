import RawJSON
import YAMLTree

/// A value in a JSON or YAML file, with its place, for files that may be either.
package struct PlacedDocument: Sendable {
  private enum Content: Sendable {
    case json(JSONView, source: [UInt8])
    case yaml(YAMLNode)
  }

  private let content: Content
  private let file: String

  private init(_ content: Content, _ file: String) {
    self.content = content
    self.file = file
  }

  /// Reads the file at `path`: JSON where it is called so, otherwise YAML.
  ///
  /// - Throws: ``DiagnosticsError`` where it cannot be read, with the place.
  package init(contentsOf path: String) throws(DiagnosticsError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw DiagnosticsError([error.diagnostic])
    }
    if path.hasSuffix(".json") {
      try self.init(json: bytes, file: path)
    } else {
      try self.init(yaml: bytes, file: path)
    }
  }

  /// Reads JSON text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError`` where it is not JSON.
  package init(json: [UInt8], file: String) throws(DiagnosticsError) {
    do throws(JSONError) {
      self.init(.json(try JSONView(validating: json), source: json), file)
    } catch {
      let place = SourceLocation(startOf: file).advanced(to: error.offset, in: json)
      throw DiagnosticsError([
        Diagnostic(
          .error, .invalidResources, "this is not JSON: \(error)",
          help: "correct it, or export it from Port again",
          at: place)
      ])
    }
  }

  /// Reads YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError`` where it is not YAML.
  package init(yaml: [UInt8], file: String) throws(DiagnosticsError) {
    do throws(YAMLError) {
      self.init(.yaml(try YAMLParser.parse(yaml)), file)
    } catch {
      throw DiagnosticsError([
        Diagnostic(
          .error, .yamlSyntax, error.message, help: error.help, at: SourceLocation(error.position, in: file))
      ])
    }
  }
}

extension PlacedDocument {
  /// The value as compact JSON.
  package var json: [UInt8] {
    switch content {
    case .json(let view, _): Array(view.json.utf8)
    case .yaml(let node): Array(node.json().utf8)
    }
  }

  /// Where the value begins.
  package var location: SourceLocation {
    switch content {
    case .json(let view, let source):
      SourceLocation(startOf: file).advanced(to: view.range.lowerBound, in: source)
    case .yaml(let node): SourceLocation(node.start, in: file)
    }
  }

  /// The elements of a list, nil for anything else.
  package var elements: [PlacedDocument]? {
    switch content {
    case .json(let view, let source):
      view.elements.map { $0.map { PlacedDocument(.json($0, source: source), file) } }
    case .yaml(let node): node.sequence.map { $0.map { PlacedDocument(.yaml($0), file) } }
    }
  }

  /// Whether the value is an object.
  package var isObject: Bool {
    switch content {
    case .json(let view, _): view.kind == .object
    case .yaml(let node): node.mapping != nil
    }
  }

  /// An object's member, nil where there is none.
  package subscript(key: String) -> PlacedDocument? {
    switch content {
    case .json(let view, let source): view[key].map { PlacedDocument(.json($0, source: source), file) }
    case .yaml(let node):
      node.mapping?.entries.first { $0.keyText.utf8.elementsEqual(key.utf8) }
        .map { PlacedDocument(.yaml($0.value), file) }
    }
  }
}

extension Diagnostic.Rule {
  /// A file of blueprints, actions, scorecards or pages that cannot be used.
  public static let invalidResources = Self("invalid-resources")
}
