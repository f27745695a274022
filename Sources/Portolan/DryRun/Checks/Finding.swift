/// Something that a blueprint has against a field, the same for all entities that share it.
struct Finding: Hashable {
  /// The mapping that made the entities.
  let maker: Maker
  /// Where the field is.
  let group: FieldGroup
  /// The field's name.
  let name: String
  /// What is wrong with it.
  let problem: BlueprintProblem
  /// The number of the literal in its expression that gives the wrong value; nil where none does.
  let literal: Int?
}

/// Findings, each with how often it was made and a first example, in the order in which they came up.
struct FindingTally {
  /// What is known of a finding.
  struct Count {
    let finding: Finding
    /// The entities with it.
    fileprivate(set) var entities = 0
    /// The first entity's identifier.
    let identifier: String
    /// The first entity's value, as JSON.
    let value: String?
  }

  private(set) var counts: [Count] = []
  private var places: [Finding: Int] = [:]

  /// Counts an entity with `finding`; `value` is what it gives, as JSON, and kept of the first one.
  mutating func add(_ finding: Finding, _ entity: Entity, value: String?) {
    if let place = places[finding] {
      counts[place].entities += 1
    } else {
      places[finding] = counts.count
      counts.append(
        Count(finding: finding, entities: 1, identifier: entity.identifier.description, value: value))
    }
  }
}
