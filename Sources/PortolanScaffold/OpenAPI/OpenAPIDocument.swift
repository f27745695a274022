import Portolan
import RawJSON
import YAMLTree

/// A description of an API: OpenAPI 3.0, 3.1 or Swagger 2.0.
struct OpenAPIDocument {
  /// How many references are followed one after another.
  private static let mostReferences = 20

  /// The file, as messages name it.
  let file: String
  /// All of it.
  let root: JSONView
  /// Whether it is Swagger 2.0, which puts a few things elsewhere.
  let isSwagger: Bool

  /// Reads the file at `path`, JSON or YAML.
  ///
  /// - Throws: `Diagnostic` for a file that cannot be read or is something else.
  init(contentsOf path: String) throws(Diagnostic) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw error.diagnostic
    }
    try self.init(bytes, file: path)
  }

  /// Reads a text; `file` names it in messages.
  ///
  /// - Throws: `Diagnostic`, as ``init(contentsOf:)``.
  init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
    self.file = file
    let isJSON =
      bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{")
    root = isJSON ? try Self.json(bytes, file) : try Self.yaml(bytes, file)
    let version = root["openapi"]?.text
    isSwagger = version == nil && root["swagger"] != nil
    guard isSwagger || version?.hasPrefix("3.") == true else {
      throw Self.invalid(
        version.map { "this is OpenAPI \($0), which is not known" } ?? "this is no description of an API",
        "give a file that begins with `openapi: 3.0.0` or 3.1, or with `swagger: \"2.0\"`",
        SourceLocation(startOf: file))
    }
  }

  private static func json(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> JSONView {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    do throws(JSONError) {
      return try JSONView(validating: bytes)
    } catch {
      throw invalid(
        "this is not JSON: \(error)", "correct it, or take the file again from where it is from",
        SourceLocation(startOf: file).advanced(to: error.offset, in: bytes))
    }
  }

  private static func yaml(_ bytes: [UInt8], _ file: String) throws(Diagnostic) -> JSONView {
    do throws(YAMLError) {
      return JSONView(valid: Array(try YAMLParser.parse(bytes).json().utf8))
    } catch {
      throw invalid(
        error.message, error.help ?? "correct it, or give the description as JSON",
        SourceLocation(error.position, in: file))
    }
  }

  static func invalid(_ message: String, _ help: String, _ location: SourceLocation) -> Diagnostic {
    Diagnostic(.error, .invalidAPIDescription, message, help: help, at: location)
  }

  /// What `value` refers to, or itself; nil for a reference that leads nowhere, or out of the file.
  func resolved(_ value: JSONView?) -> JSONView? {
    var value = value
    for _ in 0..<Self.mostReferences {
      guard let reference = value?["$ref"]?.text else { return value }
      value = at(reference)
    }
    return nil
  }

  /// The references that lead to other files, which are not read, each once.
  var outerReferences: [String] {
    var found: [String] = []
    Self.collectReferences(root, &found)
    var seen: Set<String> = []
    return found.filter { !$0.hasPrefix("#") && seen.insert($0).inserted }
  }

  /// What it was read from limits how deep values nest.
  private static func collectReferences(_ value: JSONView, _ found: inout [String]) {
    for member in value.members ?? [] {
      if member.key == "$ref", let text = member.value.text { found.append(text) }
      collectReferences(member.value, &found)
    }
    for element in value.elements ?? [] { collectReferences(element, &found) }
  }

  private func at(_ reference: String) -> JSONView? {
    guard reference.hasPrefix("#/") else { return nil }
    var value: JSONView? = root
    for part in reference.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
      let key = part.replacing("~1", with: "/").replacing("~0", with: "~").replacing("%7B", with: "{")
        .replacing("%7D", with: "}")
      value =
        value?.elements.flatMap { list in Int(key).flatMap { list.indices.contains($0) ? list[$0] : nil } }
        ?? value?[String(key)]
    }
    return value
  }
}

extension Diagnostic.Rule {
  /// A description of an API that cannot be used.
  package static let invalidAPIDescription = Self("invalid-api-description")
}
