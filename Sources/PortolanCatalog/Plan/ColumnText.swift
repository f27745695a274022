import Portolan
import RawJSON

/// What every operation has is written and read here, much faster than by `Codable`, whose JSON it is.
extension PlanCause {
  /// The cause as a plan's file has it: the same text for the same cause.
  var columnText: String {
    let json = JSONWriter.object { object in
      object.add("kind", text: kind.rawValue)
      if let location { object.add("location", location) }
    }
    return String(decoding: json, as: UTF8.self)
  }

  /// Reads a cause; nil where there is none.
  init?(columnText text: String?) {
    guard let text else { return nil }
    let view = JSONView(valid: Array(text.utf8))
    guard let kind = view["kind"]?.text.flatMap(Kind.init) else { return nil }
    self.init(kind, at: SourceLocation(view["location"]))
  }
}

extension EntityOrigin {
  /// The origin as a plan's file has it.
  var columnText: String {
    let json = JSONWriter.object { object in
      object.add("kind", text: kind)
      object.add("resource", resource)
      object.add("mapping", mapping)
      if let location { object.add("location", location) }
      object.add("rawHash", text: rawHash)
      if let rawIdentity { object.add("rawIdentity", text: rawIdentity) }
    }
    return String(decoding: json, as: UTF8.self)
  }

  /// Reads an origin; nil where there is none.
  init?(columnText text: String?) {
    guard let text else { return nil }
    let view = JSONView(valid: Array(text.utf8))
    guard let kind = view["kind"]?.text, let resource = view["resource"]?.integer,
      let mapping = view["mapping"]?.integer, let rawHash = view["rawHash"]?.text
    else { return nil }
    self.init(
      kind: kind, resource: resource, mapping: mapping, location: SourceLocation(view["location"]),
      rawHash: rawHash, rawIdentity: view["rawIdentity"]?.text)
  }
}

extension SourceLocation {
  fileprivate init?(_ view: JSONView?) {
    guard let file = view?["file"]?.text, let line = view?["line"]?.integer,
      let column = view?["column"]?.integer
    else { return nil }
    self.init(file: file, line: line, column: column)
  }
}

extension JSONView {
  fileprivate var integer: Int? { number.flatMap { Int($0) } }
}

extension JSONWriter {
  fileprivate mutating func add(_ key: String, _ location: SourceLocation) {
    self.key(key)
    object { object in
      object.add("file", text: location.file)
      object.add("line", location.line)
      object.add("column", location.column)
    }
  }
}
