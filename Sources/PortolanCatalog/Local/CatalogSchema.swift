import GRDB

/// The tables of a catalog's file.
///
/// The current version of an entity is its row in `entity`; `version` has only those before it, so that a million new
/// entities are not stored twice. Names are plain, because people look into the file with other tools.
enum CatalogSchema {
  /// "PTLN" as a number: what tells a catalog from other SQLite files.
  static let applicationID = 0x5054_4C4E
  /// The version of the tables.
  static let version = 1

  /// Creates the tables in an empty file.
  static func create(in database: Database, at time: String) throws {
    try database.execute(sql: things)
    try database.execute(sql: entities)
    try database.execute(sql: runs)
    try database.execute(
      sql: "INSERT INTO meta (id, revision, blueprints, created_at) VALUES (1, 0, 0, ?)", arguments: [time])
    try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
  }

  /// Whatever is no entity.
  private static let things = """
    -- revision: how many transactions changed entities or blueprints; blueprints: how many changed blueprints.
    CREATE TABLE meta (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      revision INTEGER NOT NULL,
      blueprints INTEGER NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE blueprint (
      identifier TEXT PRIMARY KEY,
      doc TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE integration (
      identifier TEXT PRIMARY KEY,
      type TEXT NOT NULL,
      doc TEXT NOT NULL,
      resync_requested_at TEXT,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL
    ) STRICT;
    -- Actions, scorecards and pages; blueprint is empty for what belongs to none.
    CREATE TABLE resource (
      kind TEXT NOT NULL,
      blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL,
      doc TEXT NOT NULL,
      PRIMARY KEY (kind, blueprint, identifier)
    ) STRICT;
    """

  /// Entities, what they relate to, and what they were. `doc` is last, so that nothing else of a row is on another page
  /// where it is long.
  private static let entities = """
    -- Who wrote something: an integration's name, or the user agent of an API's client.
    CREATE TABLE datasource (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    -- applied_hash: the SHA-256 of the line that the owner's last run wrote, NULL as soon as something else changes the
    -- entity; applied_whole: whether the entity is nothing but that line.
    CREATE TABLE entity (
      id INTEGER PRIMARY KEY,
      blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL,
      datasource INTEGER,
      applied_hash BLOB,
      applied_whole INTEGER NOT NULL DEFAULT 0,
      revision INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      run INTEGER,
      kind TEXT,
      resource INTEGER,
      mapping INTEGER,
      location TEXT,
      raw_hash TEXT,
      raw_identity TEXT,
      doc TEXT NOT NULL,
      UNIQUE (blueprint, identifier)
    ) STRICT;
    CREATE TABLE relation (
      entity INTEGER NOT NULL,
      name TEXT NOT NULL,
      target_blueprint TEXT NOT NULL,
      target TEXT NOT NULL,
      PRIMARY KEY (entity, name, target)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relation_by_target ON relation (target_blueprint, target);
    -- A row without a doc is a deletion.
    CREATE TABLE version (
      id INTEGER PRIMARY KEY,
      blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL,
      revision INTEGER NOT NULL,
      until_revision INTEGER,
      at TEXT NOT NULL,
      datasource INTEGER,
      run INTEGER,
      kind TEXT,
      resource INTEGER,
      mapping INTEGER,
      location TEXT,
      raw_hash TEXT,
      raw_identity TEXT,
      doc TEXT
    ) STRICT;
    CREATE INDEX version_by_entity ON version (blueprint, identifier, id);
    """

  /// Runs, and what they kept.
  private static let runs = """
    CREATE TABLE run (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      integration TEXT NOT NULL,
      datasource TEXT NOT NULL,
      config_hash TEXT NOT NULL,
      config_path TEXT NOT NULL,
      started_at TEXT NOT NULL,
      ended_at TEXT,
      state TEXT,
      created INTEGER NOT NULL DEFAULT 0,
      changed INTEGER NOT NULL DEFAULT 0,
      deleted INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX run_by_integration ON run (type, integration, number);
    CREATE TABLE config (hash TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
    CREATE TABLE raw (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL, kept_until TEXT NOT NULL) STRICT;
    CREATE INDEX raw_by_end ON raw (kept_until);
    """
}
