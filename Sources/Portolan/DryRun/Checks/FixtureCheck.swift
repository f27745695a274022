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
    let unread = self.unreadNames
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

  private func missing(_ kind: String, _ unread: [String]) -> Diagnostic {
    let files = fixtures.files(ofKind: kind)
    var finding = fixtures.missing(kind, .warning)
    if !files.isEmpty {
      finding.message =
        "no raw object of kind `\(kind)` is in \(files.joined(separator: ", ").shortened(to: 200))"
    } else if let nearest = Spelling.nearest(to: FixtureFolder.fileName(kind), in: unread) {
      finding.help = "rename \(PathText.join(fixtures.path, nearest)), if it holds objects of this kind"
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
    let unread = unreadNames
    let kinds = self.kinds
    let near = unread.compactMap { name in
      Spelling.nearest(to: name, in: kinds.map(FixtureFolder.fileName)).map { (name, $0) }
    }
    let others = unread.filter { name in !near.contains { $0.0 == name } }
    var found = near.map { name, nearest in
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

  /// The kinds of the config, those of its resources that do not run included.
  private var kinds: [String] {
    var seen: Set<String> = []
    return (config.resources.map(\.kind) + config.leftOutResources.compactMap(\.kind))
      .filter { seen.insert($0).inserted }
  }

  private var unreadNames: [String] {
    let read = Set(kinds.map(FixtureFolder.fileName))
    return fixtures.names.filter { !read.contains($0) }
  }
}

extension FixtureFolder {
  /// The names of what holds fixtures: the files `NAME.json`, and the folders with such files in them.
  fileprivate var names: [String] {
    FolderListing.names(path).compactMap { entry in
      let whole = PathText.join(path, entry)
      if entry.hasSuffix(".json"), FolderListing.isFile(whole) { return String(entry.dropLast(5)) }
      guard FolderListing.isFolder(whole), FolderListing.names(whole).contains(where: { $0.hasSuffix(".json") })
      else { return nil }
      return entry
    }
  }
}

extension Diagnostic.Rule {
  /// A fixture whose kind the config does not have.
  public static let unreadFixture = Self("unread-fixture")
}
