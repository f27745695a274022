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

/// A folder that may keep notes of runs.
struct NoteFolder: Sendable, Hashable {
  let path: String
  /// Whether it is in a folder that everybody on this machine may write to.
  let isShared: Bool

  /// The folders that `environment` names, the best first. A service or a container often has no home, but a folder for
  /// what is temporary; notes need not outlive the machine that they are of.
  static func all(_ environment: [String: String]) -> [NoteFolder] {
    var folders: [NoteFolder] = []
    // A folder that is not absolute is none, as the specification of these folders says.
    if let state = absolute(environment["XDG_STATE_HOME"]) {
      folders.append(NoteFolder(path: "\(state)/portolan", isShared: false))
    } else if let home = absolute(environment["HOME"]) {
      folders.append(NoteFolder(path: "\(home)/.local/state/portolan", isShared: false))
    }
    let temporary = absolute(environment["TMPDIR"]) ?? "/tmp"
    return folders + [NoteFolder(path: "\(temporary)/portolan-\(geteuid())", isShared: true)]
  }

  /// Makes it where it is not there.
  ///
  /// - Returns: whether it can be written to, and nobody else can put something into it.
  func make() -> Bool {
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var status = stat()
    guard isShared ? lstat(path, &status) == 0 : stat(path, &status) == 0,
      status.st_mode & S_IFMT == S_IFDIR, access(path, W_OK | X_OK) == 0
    else { return false }
    // What is in a shared folder may have been put there by somebody else.
    return !isShared || status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  private static func absolute(_ path: String?) -> String? {
    guard let path, path.hasPrefix("/") else { return nil }
    return path
  }
}
