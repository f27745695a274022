/// Fetches raw objects from a folder of fixtures, as an integration would from its API.
///
/// ```swift
/// var sink = CollectingSink()
/// _ = try await MappingPipeline(mapping).run(FixtureFetcher(FixtureFolder("Fixtures/jira")), into: &sink)
/// print(sink.entities.count)
/// ```
public struct FixtureFetcher: RawFetcher {
  private let folder: FixtureFolder

  /// Creates a fetcher of the objects in `folder`.
  public init(_ folder: FixtureFolder) {
    self.folder = folder
  }

  /// The objects in the files of the request's kind, a page a file.
  ///
  /// A file that cannot be read ends the sequence with a ``Diagnostic``.
  public func fetch(_ request: FetchRequest) -> FixturePages {
    FixturePages(files: folder.files(ofKind: request.kind))
  }
}

/// The pages of objects in fixture files.
public struct FixturePages: AsyncSequence, Sendable {
  /// A page of objects.
  public typealias Element = RawPage

  let files: [String]

  /// Starts at the first file.
  public func makeAsyncIterator() -> Iterator {
    Iterator(files: files[...])
  }

  /// Reads file after file.
  public struct Iterator: AsyncIteratorProtocol {
    private var files: ArraySlice<String>

    init(files: ArraySlice<String>) {
      self.files = files
    }

    /// The next page, nil after the last file.
    ///
    /// - Throws: ``Diagnostic`` for a file that cannot be read.
    public mutating func next() async throws -> RawPage? {
      try nextPage()
    }

    /// The next page, nil after the last file.
    mutating func nextPage() throws(Diagnostic) -> RawPage? {
      guard let file = files.popFirst() else { return nil }
      do throws(FileError) {
        return RawPage(try FileBytes.read(file), location: SourceLocation(startOf: file))
      } catch {
        throw error.diagnostic
      }
    }
  }
}
