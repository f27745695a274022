import RawJSON

/// What `checkDocument` says of `bytes`: the error, or nil.
func fault(_ bytes: [UInt8]) -> JSONError? {
  bytes.withScanner { scanner in
    do throws(JSONError) {
      _ = try scanner.checkDocument()
      return nil
    } catch {
      return error
    }
  }
}

/// What finding `paths` gives: each path's range, or the error.
func find(_ paths: [JSONPath], in bytes: [UInt8]) -> Result<[Range<Int>?], JSONError> {
  let tree = PathTree(paths)
  var matches = PathMatches(tree)
  return bytes.withScanner { scanner in
    Result { () throws(JSONError) in
      try scanner.find(tree, &matches)
      return paths.map { path in tree.node(path).flatMap { matches[$0] } }
    }
  }
}

/// The text at each of `paths`, nil where there is nothing.
func texts(_ paths: [JSONPath], in text: String) throws -> [String?] {
  let bytes = Array(text.utf8)
  return try find(paths, in: bytes).get().map { range in
    range.map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}

/// A path of keys and elements: `path("a", 0)`.
func path(_ steps: any PathStepConvertible...) -> JSONPath {
  JSONPath(steps.map(\.step))
}

protocol PathStepConvertible {
  var step: JSONPathStep { get }
}

extension String: PathStepConvertible {
  var step: JSONPathStep { .key(self) }
}

extension Int: PathStepConvertible {
  var step: JSONPathStep { .index(self) }
}

/// The copy of the one value in `bytes`.
func copied(_ bytes: [UInt8]) throws -> [UInt8] {
  try bytes.withScanner { scanner in
    var output: [UInt8] = []
    scanner.copy(try scanner.checkDocument(), into: &output)
    return output
  }
}

/// The copy of the one value in `text`.
func copied(_ text: String) throws -> String {
  String(decoding: try copied(Array(text.utf8)), as: UTF8.self)
}
