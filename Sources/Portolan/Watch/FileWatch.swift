#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Notices when files change, by asking for their dates and sizes again and again.
///
/// That is portable, sees a file that an editor replaces as well as one that it rewrites, and is quick
/// enough for the files of a mapping.
///
/// ```swift
/// var watch = FileWatch(files: ["port-app-config.yml"], folders: [FixtureFolder("Fixtures/jira")])
/// while true {
///   print("changed:", try await watch.nextChanges())
/// }
/// ```
public struct FileWatch: Sendable {
  /// What tells that a file is another than before.
  struct Mark: Sendable, Hashable {
    var modified: Double
    var size: String
    var number: String
  }

  /// How long to wait between two looks: at least this, and at least three times as long as a look takes.
  private static let interval = Duration.milliseconds(100)
  /// How long files must stay as they are before a change counts as complete, and how often to wait for it.
  private static let settling = (pause: Duration.milliseconds(20), attempts: 5)

  private let files: [String]
  private let folders: [FixtureFolder]
  private var marks: [String: Mark]

  /// Watches `files`, which need not exist, and what `folders` of fixtures hold.
  public init(files: [String], folders: [FixtureFolder]) {
    self.files = files
    self.folders = folders
    marks = Self.marks(files, folders)
  }

  /// How many files there are.
  public var count: Int { marks.count }

  /// The files that have changed, appeared or gone since the last time this was asked, sorted; none where
  /// nothing has happened.
  public mutating func changes() -> [String] {
    let now = Self.marks(files, folders)
    defer { marks = now }
    return Set(now.keys).union(marks.keys).filter { now[$0] != marks[$0] }.sorted()
  }

  /// Waits until files have changed, and until whoever writes them has finished.
  ///
  /// - Returns: the files, sorted.
  /// - Throws: `CancellationError`.
  public mutating func nextChanges() async throws -> [String] {
    let clock = ContinuousClock()
    var changed: Set<String> = []
    var duration = clock.measure { changed = Set(changes()) }
    while changed.isEmpty {
      try await clock.sleep(for: max(Self.interval, duration * 3))
      duration = clock.measure { changed = Set(changes()) }
    }
    for _ in 0..<Self.settling.attempts {
      try await Task.sleep(for: Self.settling.pause)
      let more = changes()
      if more.isEmpty { break }
      changed.formUnion(more)
    }
    return changed.sorted()
  }

  private static func marks(_ files: [String], _ folders: [FixtureFolder]) -> [String: Mark] {
    var marks: [String: Mark] = [:]
    for path in files + folders.flatMap(fixtures) { marks[path] = mark(path) }
    return marks
  }

  /// The fixtures in `folder`: `<kind>.json` and `<kind>/*.json`.
  private static func fixtures(_ folder: FixtureFolder) -> [String] {
    FolderListing.names(folder.path).flatMap { name -> [String] in
      let path = PathText.join(folder.path, name)
      if name.hasSuffix(".json"), FolderListing.isFile(path) { return [path] }
      return FolderListing.names(path).filter { $0.hasSuffix(".json") }.map { PathText.join(path, $0) }
    }
  }

  private static func mark(_ path: String) -> Mark? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let modified = attributes[.modificationDate] as? Date
    else { return nil }
    // Swift integers, or NSNumbers in a process that has loaded all of Foundation: the digits are the same.
    return Mark(
      modified: modified.timeIntervalSinceReferenceDate,
      size: attributes[.size].map { "\($0)" } ?? "",
      number: attributes[.systemFileNumber].map { "\($0)" } ?? "")
  }
}
