import Portolan
import RawJSON

/// A file of raw objects, as somebody saved an API's answer.
struct SampleFile {
  /// The file's name without its ending: `merge_requests`.
  let stem: String
  /// The objects, in their order.
  let objects: [JSONView]
  /// The answer that the objects are in; nil for a bare list or object, or one object a line.
  let envelope: Envelope?

  /// Reads the file at `path`: one object, an array, one object a line, or an answer with the list inside.
  ///
  /// - Throws: `Diagnostic` for a file that cannot be read, is none of these, or has no object in it.
  init(contentsOf path: String) throws(Diagnostic) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw error.diagnostic
    }
    try self.init(bytes, path: path)
  }

  /// Reads a file's text; `path` names it.
  ///
  /// - Throws: `Diagnostic`, as ``init(contentsOf:)``.
  init(_ text: [UInt8], path: String) throws(Diagnostic) {
    let bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
    stem = Self.stem(path)
    let documents = try Self.documents(bytes, path)
    let envelope = documents.count == 1 ? Envelope(documents[0], stem: stem) : nil
    let objects = envelope?.objects ?? documents.flatMap { $0.elements ?? [$0] }
    if let other = objects.first(where: { $0.kind != .object }) {
      throw Self.invalid(
        path, "a raw object is a JSON object; there is \(other.kind.phrase) here",
        "give one object, an array of objects, one object a line, or an API's answer with the list inside",
        bytes, at: documents.count == 1 ? other.range.lowerBound : 0)
    }
    guard !objects.isEmpty else {
      throw Self.invalid(
        path, "there is no object in this file", "put at least one in it: the mapping is inferred from them",
        bytes, at: 0)
    }
    self.envelope = envelope
    self.objects = objects
  }

  private static func documents(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> [JSONView] {
    do throws(JSONError) {
      return [try JSONView(validating: bytes)]
    } catch {
      if let lines = lines(bytes) { return lines }
      throw invalid(
        path, "this is not JSON: \(error)", "save the API's answer as it came, or one object a line", bytes,
        at: error.offset)
    }
  }

  /// Objects one a line; nil where a line is none.
  private static func lines(_ bytes: [UInt8]) -> [JSONView]? {
    var objects: [JSONView] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if line.allSatisfy({ [0x20, 0x09, 0x0D].contains($0) }) { continue }
      guard let object = try? JSONView(validating: Array(line)), object.kind == .object else { return nil }
      objects.append(object)
    }
    return objects.isEmpty ? nil : objects
  }

  private static func stem(_ path: String) -> String {
    let name = PathText.baseName(path)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  private static func invalid(
    _ path: String, _ message: String, _ help: String, _ bytes: [UInt8], at offset: Int
  ) -> Diagnostic {
    Diagnostic(
      .error, .invalidSample, message, help: help,
      at: SourceLocation(startOf: path).advanced(to: offset, in: bytes))
  }
}

extension Diagnostic.Rule {
  /// A sample of raw objects that cannot be used.
  package static let invalidSample = Self("invalid-sample")
}
