import Hummingbird

extension Request {
  /// How much of a user agent is kept.
  private static var agentLimit: Int { 512 }

  /// Who writes: what the client calls itself. Ocean's exporters say `port-ocean/{type}/{version}/{id}/exporter` there,
  /// which is how Port knows the owner of an entity.
  var datasource: String {
    let agent = headers[.userAgent] ?? ""
    return agent.isEmpty ? "unknown" : String(agent.prefix(Self.agentLimit))
  }
}
