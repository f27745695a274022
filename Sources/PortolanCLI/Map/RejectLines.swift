import Portolan
import RawJSON

/// Objects that were not mapped as JSON, one a line.
struct RejectLines {
  /// Whether what the selector turned away is among them.
  let keepsFiltered: Bool

  func lines(_ objects: [UnmappedObject], kind: String) -> [UInt8] {
    var lines: [UInt8] = []
    for object in objects where keepsFiltered || object.status != .filtered {
      lines += line(object, kind: kind)
      lines.append(UInt8(ascii: "\n"))
    }
    return lines
  }

  private func line(_ rejected: UnmappedObject, kind: String) -> [UInt8] {
    JSONWriter.object { object in
      object.add("status", text: rejected.status.rawValue)
      object.add("reason", text: rejected.reason)
      object.add("kind", text: kind)
      object.add("resource", rejected.resource)
      if let field = rejected.field { object.add("field", text: field) }
      if let location = rejected.location { object.add("position", text: location.description) }
      if rejected.status == .invalid {
        object.add("text", text: String(decoding: rejected.object, as: UTF8.self))
      } else {
        object.key("object")
        // It may be over several lines.
        object.value(JSONView(valid: rejected.object))
      }
    }
  }
}
