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
  /// What runs told Port, and what Port answered.
  struct Note: Codable, Hashable, Sendable {
    /// When the last runs began, as Port was told, or was about to be: one that was killed may not have come to it.
    var starts: [String] = []
    /// When Port noted the last one, by its own word; nil where it did not say.
    var updatedAt: String?
    /// Whether the last one has not told Port that it ended: it was killed, if it is not at work.
    var isOpen: Bool?

    /// Adds when a run began.
    mutating func add(_ start: String) {
      isOpen = true
      starts = starts.filter { $0 != start }.suffix(99) + [start]
    }
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

  /// What the last runs told Port, as far as it is known.
  var note: Note {
    guard let path, let data = try? Data(contentsOf: URL(filePath: "\(path).json")) else { return Note() }
    return (try? JSONDecoder().decode(Note.self, from: data)) ?? Note()
  }

  /// Remembers what runs told Port, as far as that can be kept.
  func change(_ change: (inout Note) -> Void) {
    var note = note
    change(&note)
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
