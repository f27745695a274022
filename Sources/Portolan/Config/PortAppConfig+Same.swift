extension PortAppConfig {
  /// Whether another config, in YAML or in JSON, says the same word for word, so that it makes the same of everything.
  package func saysSame(as other: PortAppConfig) -> Bool {
    deleteDependentEntities == other.deleteDependentEntities
      && createMissingRelatedEntities == other.createMissingRelatedEntities
      && enableMergeEntity == other.enableMergeEntity
      && entityDeletionThreshold == other.entityDeletionThreshold
      && tree.resources.map { $0.node.yaml.json() } == other.tree.resources.map { $0.node.yaml.json() }
  }
}
