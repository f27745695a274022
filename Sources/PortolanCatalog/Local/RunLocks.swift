import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The locks that keep two runs of one integration from writing at the same time.
///
/// Each is a file beside the catalog, locked by the kernel for as long as the process has it open: the lock of a run that
/// was killed is gone with it. The file itself stays; removing it would let two runs lock two files of one name.
package final class RunLocks: Sendable {
  private let held = Mutex<[Datasource: Int32]>([:])

  package init() {}

  deinit {
    held.withLock { locks in
      for descriptor in locks.values { close(descriptor) }
    }
  }

  /// Locks the catalog at `path` for the runs of an integration.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/busy`` where another run is at work.
  package func lock(_ owner: Datasource, of path: String, at time: String) throws(CatalogError) {
    let file = Self.file(owner, of: path)
    let descriptor = Portable.openOrCreate(file)
    guard descriptor >= 0 else {
      throw CatalogError(
        .unavailable, "cannot write \(file): \(String(cString: strerror(errno)))",
        advice: "check that the catalog's folder may be written")
    }
    guard Self.takes(descriptor) else {
      let holder = Self.text(descriptor)
      close(descriptor)
      throw Self.busy(owner, holder)
    }
    let note = Array("\(getpid()) \(time)".utf8)
    // What it says is for messages only: the lock holds without it.
    if ftruncate(descriptor, 0) == 0 { _ = write(descriptor, note, note.count) }
    held.withLock { $0[owner.withoutVersion] = descriptor }
  }

  /// Takes the lock of a file, if nobody has it for longer than ``isHeld(_:of:)`` does.
  private static func takes(_ descriptor: Int32) -> Bool {
    for attempt in 0..<5 {
      if attempt > 0 { usleep(10_000) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
    }
    return false
  }

  /// Ends a lock that this catalog has.
  package func unlock(_ owner: Datasource) {
    guard let descriptor = held.withLock({ $0.removeValue(forKey: owner.withoutVersion) }) else { return }
    close(descriptor)
  }

  /// Whether a run of an integration is at work, here or in another process.
  func isHeld(_ owner: Datasource, of path: String) -> Bool {
    let file = Self.file(owner, of: path)
    guard access(file, F_OK) == 0 else { return false }
    let descriptor = Portable.openOrCreate(file)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// The file of a lock. The owner's name is in it for people, and its hash because names may be anything.
  static func file(_ owner: Datasource, of path: String) -> String {
    let name = "\(owner.type)-\(owner.identifier)"
    let safe = name.utf8.prefix(60).map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    let hash = RunTable.hash(Array("\(owner.type)/\(owner.identifier)".utf8)).prefix(8)
    return "\(path).\(String(decoding: safe, as: UTF8.self)).\(hash).lock"
  }

  private static func text(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func busy(_ owner: Datasource, _ holder: String) -> CatalogError {
    let words = holder.split(separator: " ")
    let who =
      words.count == 2 ? " since \(words[1].dropFirst(11).prefix(5)) UTC (process \(words[0]))" : ""
    return CatalogError(
      .busy, "another sync of \(owner.type)/\(owner.identifier) is at work\(who)",
      advice: "wait for its end, or end it")
  }
}

extension Datasource {
  /// The same owner, whatever its version.
  fileprivate var withoutVersion: Datasource { Datasource(type: type, identifier: identifier) }
}
