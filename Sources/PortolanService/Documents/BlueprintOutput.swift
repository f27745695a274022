import PortolanCatalog
import RawJSON

/// A blueprint as a client sees it.
enum BlueprintOutput {
  /// The definition with what Port always has there: Ocean reads no blueprint without it.
  static func json(_ stored: [UInt8]) -> [UInt8] {
    let view = JSONView(valid: stored)
    var members = JSONMembers(view) ?? JSONMembers()
    members.fill("schema", #"{"properties":{},"required":[]}"#)
    members["relations"] = relations(view["relations"])
    return members.json
  }

  private static func relations(_ view: JSONView?) -> [UInt8] {
    JSONWriter.object { object in
      for (name, relation) in view?.members ?? [] {
        var members = JSONMembers(relation) ?? JSONMembers()
        members.fill("many", "false")
        members.fill("required", "false")
        object.add(name, json: members.json)
      }
    }
  }
}
