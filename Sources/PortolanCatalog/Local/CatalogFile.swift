import GRDB

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Opens a catalog's file, and says why where it is none.
enum CatalogFile {
  /// Opens the catalog at `path`; where there is no file, or an empty one, a new catalog.
  static func open(_ path: String, at time: String) throws -> DatabasePool {
    do {
      try create(path)
      try check(path)
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { database in
        // A batch is large, so that waiting for the disk once more costs little, and a power cut then loses no batch of
        // which the sync's plan says that it is done.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        guard try !isCatalog(database, path) else { return }
        try database.inTransaction(.immediate) {
          // Another process may have been first.
          if try !isCatalog(database, path) { try CatalogSchema.create(in: database, at: time) }
          return .commit
        }
      }
      return pool
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: path)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.maximumReaderCount = 4
    configuration.prepareDatabase { database in
      // 16 MiB of pages a connection: a batch's keys are all over the indexes.
      try database.execute(sql: "PRAGMA cache_size = -16384")
    }
    return configuration
  }

  /// Creates an empty file that only its user may read, where there is none.
  private static func create(_ path: String) throws {
    // A file that exists is not opened here: closing it would drop the locks that SQLite holds on it elsewhere in this
    // process.
    guard access(path, F_OK) != 0 else { return }
    let descriptor = Portable.create(path)
    if descriptor >= 0 {
      close(descriptor)
    } else if errno != EEXIST {
      throw CatalogError(
        .unreadable, "cannot create the catalog \(path): \(String(cString: strerror(errno)))",
        advice: "check that its folder exists and may be written")
    }
  }

  /// Looks at the file before anything is changed in it.
  private static func check(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    _ = try queue.inDatabase { try isCatalog($0, path) }
  }

  /// Whether the file is a catalog; false where nothing is in it.
  private static func isCatalog(_ database: Database, _ path: String) throws -> Bool {
    let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if id == 0, version == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
      return false
    }
    guard id == CatalogSchema.applicationID else {
      throw CatalogError(
        .unreadable, "\(path) is an SQLite database, but no catalog",
        advice: "name another file: a catalog is created where there is none")
    }
    guard version <= CatalogSchema.version else {
      throw CatalogError(
        .unreadable, "\(path) was written by a newer version of portolan", advice: "update portolan")
    }
    return true
  }
}

/// Calls of the system that Swift sees in another way on each platform.
enum Portable {
  /// Creates a file that only its user may read; its descriptor, negative where it is there already.
  static func create(_ path: String) -> Int32 {
    open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  }

  /// Opens a file that only its user may read, and creates it where there is none; its descriptor, or a negative number.
  static func openOrCreate(_ path: String) -> Int32 {
    open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
  }
}

extension CatalogError {
  /// What SQLite has against something, for a person.
  init(database error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB:
      self.init(
        .unreadable, "\(path) is no catalog",
        advice: "name another file: a catalog is created where there is none")
    case .SQLITE_CORRUPT:
      self.init(
        .unreadable, "the catalog \(path) is damaged",
        advice: "restore a copy, or delete it and run a sync: that fills it again, without its history")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .unreadable, "cannot open the catalog \(path)",
        advice: "check that it may be read, and that its folder may be written: SQLite needs both")
    case .SQLITE_READONLY:
      self.init(
        .unreadable, "the catalog \(path) may only be read",
        advice: "check that it and its folder may be written")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .unavailable, "another program has held the catalog \(path) for half a minute",
        advice: "end it, or try again later")
    case .SQLITE_FULL:
      self.init(.unavailable, "the disk of the catalog \(path) is full", advice: "make room, and try again")
    default:
      self.init(
        .unavailable, "the catalog \(path) failed: \(error.message ?? error.resultCode.description)")
    }
  }
}
