import GRDB
import Portolan

/// Finds the entities that are created and deleted, or held, and are the same raw object: renames.
///
/// An edit of the config renames, where the config that was applied last makes of the raw object what is deleted. The
/// source renames, where the raw object calls itself by what the deleted entity's object called itself. There must be one
/// of each: where several may be meant, none is taken for a rename.
struct Renames {
  let context: PlanContext

  func find() throws {
    try byMapping()
    try bySource()
  }

  /// First within a blueprint, then from one blueprint to another.
  private func byMapping() throws {
    for condition in ["new.blueprint = old.blueprint", "1"] {
      try context.file.execute(
        """
        INSERT INTO pair SELECT new.blueprint, new.identifier, old.blueprint, old.identifier
        FROM old_key
        JOIN operation AS new ON new.blueprint = old_key.blueprint AND new.identifier = old_key.identifier
        JOIN operation AS old ON old.blueprint = old_blueprint AND old.identifier = old_identifier
        WHERE new.action = 'create' AND old.action IN ('delete', 'hold') AND \(condition)
        AND new.counterpart IS NULL AND old.counterpart IS NULL
        """)
      try settle()
    }
  }

  private func bySource() throws {
    guard try context.file.count("SELECT count(*) FROM operation WHERE action = 'create'") > 0 else { return }
    try addIdentities()
    try context.file.execute(
      """
      CREATE INDEX IF NOT EXISTS temp.removal_by_identity ON removal (identity, blueprint);
      INSERT INTO pair SELECT new.blueprint, new.identifier, old.blueprint, old.identifier
      FROM operation AS new
      JOIN removal ON removal.blueprint = new.blueprint
        AND identity = \(Self.identity)
      JOIN operation AS old ON old.blueprint = removal.blueprint AND old.identifier = removal.identifier
      WHERE new.action = 'create' AND new.counterpart IS NULL AND old.counterpart IS NULL
      """)
    try settle()
  }

  /// What a snapshot says of a raw object's identity, made of what a plan says of it.
  private static let identity =
    "(json_extract(new.origin, '$.kind') || ' ' || json_extract(new.origin, '$.rawIdentity'))"

  /// Asks for what the objects of all removals called themselves.
  private func addIdentities() throws {
    var last = 0
    while true {
      try Task.checkCancellation()
      let numbers = try context.file.database.read {
        try Int.fetchAll(
          $0, sql: "SELECT snapshot FROM removal WHERE snapshot > ? ORDER BY snapshot LIMIT 500",
          arguments: [last])
      }
      guard let end = numbers.last else { return }
      last = end
      let identities = try context.snapshot.rawIdentities(numbers)
      try context.file.database.write { database in
        let statement = try database.cachedStatement(
          sql: "UPDATE removal SET identity = ? WHERE snapshot = ?")
        for case (let number, let identity?) in zip(numbers, identities) {
          try statement.execute(arguments: [identity, number])
        }
      }
    }
  }

  /// Takes the pairs for renames in which each entity is once.
  private func settle() throws {
    for (columns, others) in [
      ("blueprint, identifier", "old_blueprint, old_identifier"),
      ("old_blueprint, old_identifier", "blueprint, identifier"),
    ] {
      let key = columns.split(separator: ", ")
      try context.file.execute(
        """
        WITH sure AS (
          SELECT DISTINCT * FROM pair
          WHERE (blueprint, identifier) IN (
            SELECT blueprint, identifier FROM (SELECT DISTINCT * FROM pair) GROUP BY 1, 2 HAVING count(*) = 1)
          AND (old_blueprint, old_identifier) IN (
            SELECT old_blueprint, old_identifier FROM (SELECT DISTINCT * FROM pair) GROUP BY 1, 2 HAVING count(*) = 1)
        )
        UPDATE operation SET counterpart = (
          SELECT json_object('blueprint', \(others.replacing(", ", with: ", 'identifier', "))) FROM sure
          WHERE sure.\(key[0]) = operation.blueprint AND sure.\(key[1]) = operation.identifier)
        WHERE (blueprint, identifier) IN (SELECT \(columns) FROM sure)
        """)
    }
    try context.file.execute("DELETE FROM pair")
  }
}
