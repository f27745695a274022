import GRDB

/// The tables of an inbox.
enum InboxSchema {
  /// "PTev": what tells the file from other databases.
  static let applicationID: Int32 = 0x5054_6576
  /// The version of the tables.
  static let version = 1

  /// Creates the tables where there are none.
  ///
  /// - Throws: `DatabaseError`, and `EventQueueError` where the file is something else.
  static func prepare(_ database: Database, _ path: String) throws {
    let id = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    if id == applicationID {
      guard try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 <= version else {
        throw EventQueueError.unavailable("\(path) was written by a newer version of portolan")
      }
      return
    }
    guard id == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
      throw EventQueueError.unavailable("\(path) is an SQLite database, and no queue of events")
    }
    try database.execute(sql: tables)
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// `delivery` remembers what came, `object` what something waits for, and `work` each event of an object. The body of a
  /// request is kept only where it was not understood: of all others it is known what they are about.
  private static let tables = """
    CREATE TABLE delivery (
      number INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      id TEXT NOT NULL,
      received REAL NOT NULL,
      UNIQUE (source, id)
    );
    CREATE INDEX delivery_received ON delivery (received);

    CREATE TABLE object (
      number INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      due REAL NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      error TEXT,
      UNIQUE (source, kind, key)
    );
    CREATE INDEX object_due ON object (due);

    CREATE TABLE work (
      number INTEGER PRIMARY KEY,
      object INTEGER NOT NULL REFERENCES object,
      received REAL NOT NULL,
      json BLOB NOT NULL,
      deleted INTEGER NOT NULL
    );
    CREATE INDEX work_object ON work (object);

    CREATE TABLE dead (
      number INTEGER PRIMARY KEY,
      source TEXT NOT NULL,
      kind TEXT,
      key TEXT,
      received REAL NOT NULL,
      buried REAL NOT NULL,
      attempts INTEGER NOT NULL,
      error TEXT NOT NULL,
      json BLOB,
      deleted INTEGER NOT NULL DEFAULT 0,
      headers BLOB,
      body BLOB
    );

    CREATE TABLE made (
      source TEXT NOT NULL,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL,
      PRIMARY KEY (source, kind, key, blueprint, identifier)
    ) WITHOUT ROWID;
    """
}
