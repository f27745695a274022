import Hummingbird
import PortolanCatalog
import RawJSON

/// An integration, as it is kept and as a client sees it.
///
/// What only this server needs is kept with the integration, in members that no client sees.
enum IntegrationDocument {
  /// When the last resync began, by this server's clock.
  static let resyncBegan = "local resync began"

  /// The member that keeps how far a kind's incremental sync has come.
  static func cursor(_ kind: String, _ index: String) -> String { "local cursor \(kind) \(index)" }

  private static func isHidden(_ key: String) -> Bool { key.utf8.starts(with: "local ".utf8) }

  /// What is kept of a new one, from what its client says.
  static func created(_ body: JSONView, type: String) -> [UInt8] {
    var members = changed(body)
    members.set("installationAppType", text: type)
    members.fill("arePortResourcesInitialized", "false")
    return members.json
  }

  /// What is kept of a change: what the client says, but not what is not the client's to say.
  static func changed(_ body: JSONView) -> JSONMembers {
    var members = JSONMembers(body) ?? JSONMembers()
    for key in members.keys where isHidden(key) { members[key] = nil }
    return members
  }

  /// What a client sees: `server` is where it calls this server, `http://127.0.0.1:5099`.
  static func shown(_ stored: [UInt8], at server: String) -> [UInt8] {
    let view = JSONView(valid: stored)
    var members = changed(view)
    if members["resyncState"] == nil {
      members["resyncState"] = JSONWriter.object { state in
        state.key("status")
        state.null()
        state.add("updatedAt", text: view["updatedAt"]?.text ?? "")
      }
    }
    for (key, path) in [
      ("logAttributes", "logs"), ("metricAttributes", "metrics"), ("ingestAttributes", "ingest"),
    ] {
      members[key] = JSONWriter.object { object in
        object.add("ingestId", text: path)
        object.add("ingestUrl", text: "\(server)/v1/ingest/\(path)")
      }
    }
    return members.json
  }
}

extension Request {
  /// Where the client calls this server. The host is one of the known ones, or the request was not answered.
  var server: String { "http://\(head.authority ?? "localhost")" }

  /// The second part of the user agent of an integration, `port-ocean/jira/1.0.0/my-jira`.
  var integrationType: String? {
    let parts = (headers[.userAgent] ?? "").split(separator: "/", omittingEmptySubsequences: false)
    return parts.count >= 4 && parts[0] == "port-ocean" ? String(parts[1]) : nil
  }
}
