import GRDB
import Portolan

/// A catalog on this machine: one SQLite file.
///
/// It keeps blueprints, entities and what they relate to, who owns them, and every entity's history: what changed, when,
/// by which run, of which raw object. Several programs may use the same file at the same time.
///
/// A target of a relation that is not there is created bare where a write asks for it. Nobody owns it until somebody
/// writes it, so that no sync deletes what its mapping never made. Users and teams are Port's own: relations to
/// blueprints `_user` and `_team` are taken as they are, and create nothing.
///
/// ```swift
/// let catalog = try LocalCatalog(path: "catalog.db")
/// print(catalog.name)
/// ```
public final class LocalCatalog: CatalogSetup {
  /// The file's name.
  public let name: String

  let pool: DatabasePool
  let clock: @Sendable () -> Double
  let locks = RunLocks()
  let definitions = BlueprintCache()

  /// Opens the catalog at `path`, and creates it where there is none.
  ///
  /// - Throws: ``CatalogError`` where the file is no catalog, or cannot be used.
  public convenience init(path: String) throws {
    try self.init(path: path, clock: { CatalogTime.now })
  }

  /// Opens a catalog whose times are those of `clock`, in seconds since 1970.
  package init(path: String, clock: @escaping @Sendable () -> Double) throws {
    name = path
    self.clock = clock
    pool = try CatalogFile.open(path, at: CatalogTime.text(clock()))
  }

  /// 2,000 entities and 8 MiB a write, one at a time: a write waits for the disk once.
  public var limits: CatalogLimits {
    var limits = CatalogLimits()
    limits.entities = 2000
    limits.bytes = 8 << 20
    limits.deletions = 2000
    limits.concurrency = 1
    return limits
  }

  /// The number of changes so far: of transactions that changed entities or blueprints.
  package func revision() async throws -> Int { try await read { try Revision.current($0) } }

  /// The time as the catalog writes it.
  var now: String { CatalogTime.text(clock()) }
}

// MARK: Transactions

extension LocalCatalog {
  /// Reads what the catalog is at one moment.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do {
      return try await pool.read(body)
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: name)
    }
  }

  /// Writes all that `body` does, or nothing.
  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do {
      return try await pool.write(body)
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: name)
    }
  }

  /// Does what `body` does, and undoes it.
  func attempt<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value
  {
    do {
      return try await pool.writeWithoutTransaction { database in
        try database.beginTransaction(.immediate)
        let value: Value
        do {
          value = try body(database)
        } catch {
          try? database.rollback()
          throw error
        }
        try database.rollback()
        return value
      }
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: name)
    }
  }
}
