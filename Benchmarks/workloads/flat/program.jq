{
  identifier: .id,
  title: .name,
  blueprint: "service",
  properties: {
    language: .language,
    tier: .tier,
    version: .version,
    replicas: .replicas,
    cpu: .cpu,
    healthy: .healthy,
    updated: .updated,
    note: .note
  },
  relations: {
    cluster: .cluster,
    team: (.owner // "nobody")
  }
}
