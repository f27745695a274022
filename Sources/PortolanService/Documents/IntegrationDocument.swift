import Hummingbird
import RawJSON

/// An integration, as it is kept and as a client sees it.
///
/// What only this server needs is kept with the integration, in members that no client sees.
enum IntegrationDocument {
  /// Since when a resync is asked for.
  static let resyncRequest = "resyncRequest"

  /// The member that keeps how far a kind's incremental sync has come.
  static func cursor(_ kind: String, _ index: String) -> String { "cursor \(kind) \(index)" }

  /// What is kept of a new one, from what its client says.
  static func created(_ body: JSONView, type: String) throws -> [UInt8] {
    let identifier = try body.requiredText("installationId")
    var members = JSONMembers(body)
    let now = Timestamp.now
    members.set("identifier", text: identifier)
    members.set("integrationType", text: type)
    members.set("createdAt", text: now)
    members.set("updatedAt", text: now)
    members.fill("installationType", #""OnPrem""#)
    members.fill("config", "{}")
    members.fill("arePortResourcesInitialized", "false")
    members.fill("resyncState", #"{"status":null,"updatedAt":\#(JSONText.quoted(now))}"#)
    return members.json
  }

  /// What is kept of a change: what the client says, but not what is not the client's to say.
  static func changed(_ body: JSONView) -> JSONMembers {
    var members = JSONMembers(body)
    for key in ["identifier", "installationId", "createdAt", resyncRequest] { members[key] = nil }
    for key in members.keys where key.hasPrefix("cursor ") { members[key] = nil }
    members.set("updatedAt", text: Timestamp.now)
    return members
  }

  /// What a client sees: `server` is where it calls this server, `http://127.0.0.1:5099`.
  static func shown(_ stored: [UInt8], at server: String) throws -> [UInt8] {
    let view = try JSONView(validating: stored)
    var members = JSONMembers(view)
    for key in members.keys where key == resyncRequest || key.hasPrefix("cursor ") { members[key] = nil }
    for (key, path) in [
      ("logAttributes", "logs"), ("metricAttributes", "metrics"), ("ingestAttributes", "ingest"),
    ] {
      let url = "\(server)/v1/ingest/\(path)"
      members[key] = JSONWriter.object { object in
        object.add("ingestId", text: path)
        object.add("ingestUrl", text: url)
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
