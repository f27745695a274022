#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What this machine remembers of the runs of one integration: that one is at work, and what the last one told Port.
///
/// A lock that the kernel releases says that a run lives; so one that was killed is known, and the next need not wait for
/// it. Where nothing can be kept, only Port tells who is at work.
struct RunNotes: Sendable {
  /// What a run told Port, and what Port answered.
  struct Note: Codable, Hashable, Sendable {
    /// When the run began, as Port was told.
    var start: String
    /// When Port noted that, by its own word; nil where it did not say.
    var updatedAt: String?
  }

  /// That a run is at work, until it goes away.
  final class Lock: Sendable {
    private let file: Int32

    fileprivate init(_ file: Int32) { self.file = file }

    deinit { close(file) }
  }

  /// The path without its extension; nil where nothing is kept.
  private let path: String?

  /// Notes for whoever is known by `names`, in the folder that `environment` names.
  init(environment: [String: String], of names: [String]) {
    path = Self.folder(environment).map { "\($0)/port-\(Self.digits(names))" }
  }

  /// Says that a run is at work.
  ///
  /// - Returns: what says so as long as it is kept; nil where nothing can be kept.
  /// - Throws: ``IsLocked`` where another run on this machine is at work.
  func lock() throws(IsLocked) -> Lock? {
    guard let path, makeFolder(of: path) else { return nil }
    // Without the last flag, a process that this one starts would hold the lock.
    let file = open("\(path).lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      let isHeld = errno == EWOULDBLOCK
      close(file)
      if isHeld { throw IsLocked() }
      return nil
    }
    return Lock(file)
  }

  /// Another run on this machine is at work.
  struct IsLocked: Error {}

  /// What the last run told Port; nil where there was none, or it is not known.
  var note: Note? {
    guard let path, let data = try? Data(contentsOf: URL(filePath: "\(path).json")) else { return nil }
    return try? JSONDecoder().decode(Note.self, from: data)
  }

  /// Remembers what a run told Port, as far as that can be kept.
  func keep(_ note: Note) {
    guard let path, let data = try? JSONEncoder().encode(note) else { return }
    try? data.write(to: URL(filePath: "\(path).json"), options: .atomic)
  }
}

extension RunNotes {
  private static func folder(_ environment: [String: String]) -> String? {
    // A folder that is not absolute is none, as the specification of these folders says.
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return "\(state)/portolan" }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return "\(home)/.local/state/portolan"
  }

  private func makeFolder(of path: String) -> Bool {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      return true
    } catch {
      return false
    }
  }

  /// A number for names (FNV-1a), which are too long for a file's name, and may hold what none can.
  private static func digits(_ names: [String]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in names.joined(separator: "\u{0}").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return String(hash, radix: 16)
  }
}
