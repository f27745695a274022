import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Opens an inbox's file.
enum InboxFile {
  /// Opens the inbox at `path`, and creates it where there is none: a file that only its user may read.
  ///
  /// - Throws: ``EventQueueError/unavailable(_:)``.
  static func open(_ path: String) throws(EventQueueError) -> DatabasePool {
    do {
      if !FileManager.default.fileExists(atPath: path) {
        _ = FileManager.default.createFile(
          atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { database in
        // An event that is answered with 202 outlives a power cut.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.inTransaction(.immediate) {
          try InboxSchema.prepare(database, path)
          return .commit
        }
      }
      return pool
    } catch {
      throw EventQueueError(error, path)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.maximumReaderCount = 2
    return configuration
  }
}

extension EventQueueError {
  /// What SQLite has against something, for a person.
  init(_ error: any Error, _ path: String) {
    switch error {
    case let error as EventQueueError: self = error
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_FULL: self = .unavailable("the disk of \(path) is full; make room")
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
        self = .unavailable("\(path) cannot be written; check that its folder is there and may be written")
      case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .unavailable("\(path) is damaged, or no database")
      default: self = .unavailable("\(path): \(error.message ?? error.resultCode.description)")
      }
    default: self = .unavailable("\(path): \(error)")
    }
  }
}
