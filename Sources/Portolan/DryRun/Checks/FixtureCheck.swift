/// Compares a folder of fixtures with the kinds of a config: kinds without a fixture, and fixtures without a kind.
struct FixtureCheck {
  let config: PortAppConfig
  let fixtures: FixtureFolder

  /// What there is to say after a run that came to `reports`.
  func diagnostics(_ reports: [ResourceReport], isWhole: Bool) -> [Diagnostic] {
    missing(reports) + (isWhole ? unread() : [])
  }

  // MARK: Kinds without a fixture

  /// Names each kind of which no object came, for a reason that nothing else says; an integration without any
  /// fixture once.
  private func missing(_ reports: [ResourceReport]) -> [Diagnostic] {
    var seen: Set<String> = []
    let empty = reports.filter { $0.raw == 0 && $0.isComplete && seen.insert($0.kind).inserted }
    let unread = self.unreadEntries
    if empty.count > 1, empty.count == Set(reports.map(\.kind)).count,
      empty.allSatisfy({ fixtures.files(ofKind: $0.kind).isEmpty }), unread.isEmpty
    {
      return [
        Diagnostic(
          .warning, .missingFixture,
          "none of the \(empty.count.counted("kind")) has a fixture in \(fixtures.path)",
          help: fixtures.placeHelp(for: empty[0].kind), at: location(of: empty[0].kind))
      ]
    }
    return empty.map { missing($0.kind, unread) }
  }

  /// What there is to say of a kind that has no fixture.
  func missing(_ kind: String) -> Diagnostic { missing(kind, unreadEntries) }

  private func missing(_ kind: String, _ unread: [String]) -> Diagnostic {
    let files = fixtures.files(ofKind: kind)
    var finding = fixtures.missing(kind, .warning)
    if !files.isEmpty {
      finding.message =
        "no raw object of kind `\(kind)` is in \(files.joined(separator: ", ").shortened(to: 200))"
    } else if let nearest = Spelling.nearest(
      to: FixtureFolder.fileName(kind), in: unread.map(FixtureFolder.kindName)),
      let entry = unread.first(where: { FixtureFolder.kindName($0) == nearest })
    {
      finding.help = "rename \(PathText.join(fixtures.path, entry)), if it holds objects of this kind"
    } else if let entry = unread.first(where: {
      FixtureFolder.kindName($0).hasSuffix("_" + FixtureFolder.fileName(kind))
    }) {
      finding.help =
        "if \(PathText.join(fixtures.path, entry)) holds objects of this kind, write the whole kind, of which "
        + "this is the end"
    }
    finding.location = location(of: kind)
    return finding
  }

  private func location(of kind: String) -> SourceLocation? {
    config.resources.first { $0.kind == kind }?.location
  }

  // MARK: Fixtures without a kind

  /// The names that no kind reads, one finding for all that are like no kind.
  private func unread() -> [Diagnostic] {
    let unread = unreadEntries
    let kinds = self.kinds
    let near = unread.compactMap { entry in
      Spelling.nearest(to: FixtureFolder.kindName(entry), in: kinds.map(FixtureFolder.fileName))
        .map { (entry, $0) }
    }
    let others = unread.filter { entry in !near.contains { $0.0 == entry } }
    var found = near.filter { !misspelt.contains($0.1) }.map { name, nearest in
      finding("\(PathText.join(fixtures.path, name)) is read by no kind", "did you mean `\(nearest)`?")
    }
    if !others.isEmpty {
      let named = others.prefix(6).joined(separator: ", ") + (others.count > 6 ? ", …" : "")
      let known = kinds.prefix(8).map { "`\($0)`" }.joined(separator: ", ") + (kinds.count > 8 ? ", …" : "")
      found.append(
        finding(
          others.count == 1
            ? "\(PathText.join(fixtures.path, others[0])) is read by no kind"
            : "\(others.count.grouped) fixtures in \(fixtures.path) are read by no kind: \(named)",
          "the config has the \(kinds.count == 1 ? "kind" : "kinds") \(known)"))
    }
    return found
  }

  private func finding(_ message: String, _ help: String) -> Diagnostic {
    Diagnostic(.warning, .unreadFixture, message, help: help)
  }

  /// The kinds of which it is said that they are misspelt, as fixtures name them.
  private var misspelt: Set<String> {
    let messages = config.diagnostics.filter { $0.rule == .unknownKind }.map(\.message)
    return Set(
      kinds.filter { kind in messages.contains { $0.contains("`\(kind)`") } }.map(FixtureFolder.fileName))
  }

  /// The kinds of the config, those of its resources that do not run included.
  private var kinds: [String] {
    var seen: Set<String> = []
    return (config.resources.map(\.kind) + config.leftOutResources.compactMap(\.kind))
      .filter { seen.insert($0).inserted }
  }

  private var unreadEntries: [String] {
    let read = Set(kinds.map(FixtureFolder.fileName))
    return fixtures.entries.filter { !read.contains(FixtureFolder.kindName($0)) }
  }
}

extension FixtureFolder {
  /// What holds fixtures: the files `NAME.json`, and the folders with such files in them.
  fileprivate var entries: [String] {
    FolderListing.names(path).filter { entry in
      let whole = PathText.join(path, entry)
      if FolderListing.isFile(whole) { return entry.hasSuffix(".json") }
      return FolderListing.names(whole).contains { $0.hasSuffix(".json") }
    }
  }

  /// The kind that a file or folder of fixtures is named after.
  fileprivate static func kindName(_ entry: String) -> String {
    entry.hasSuffix(".json") ? String(entry.dropLast(5)) : entry
  }
}

extension Diagnostic.Rule {
  /// A fixture whose kind the config does not have.
  public static let unreadFixture = Self("unread-fixture")
}
