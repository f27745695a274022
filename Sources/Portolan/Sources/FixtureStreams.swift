/// Fetches raw objects from a folder of fixtures for a ``MappingPipeline``, in memory that does not grow with a file.
///
/// It is for nobody else: where a page of a large file ends may be a guess, which only a pipeline can prove.
package struct FixtureStreams: RawFetcher {
  private let folder: FixtureFolder
  private let config: PortAppConfig?

  /// A fetcher of the objects in `folder`; `config` has the kinds that they are for, so that a misspelt one can be told.
  package init(_ folder: FixtureFolder, for config: PortAppConfig? = nil) {
    self.folder = folder
    self.config = config
  }

  /// The objects in the files of the request's kind. A file that cannot be read ends the sequence with a ``Diagnostic``,
  /// and so does a kind that has no file: it is not known that there is nothing of it.
  package func fetch(_ request: FetchRequest) -> Pages {
    let files = folder.files(ofKind: request.kind)
    return Pages(files: files, problem: files.isEmpty ? missing(request.kind) : nil)
  }

  private func missing(_ kind: String) -> Diagnostic {
    guard let config else { return folder.missing(kind, .error) }
    var finding = FixtureCheck(config: config, fixtures: folder).missing(kind)
    finding.severity = .error
    return finding
  }

  /// The pages of objects in fixture files.
  package struct Pages: AsyncSequence, Sendable {
    /// A page of objects.
    package typealias Element = RawPage

    let files: [String]
    let problem: Diagnostic?

    /// Starts at the first file.
    package func makeAsyncIterator() -> Iterator {
      Iterator(files: files[...], problem: problem)
    }
  }

  /// Reads file after file.
  package struct Iterator: AsyncIteratorProtocol {
    /// How large a file is that is held in memory as a whole, in bytes.
    private static let wholeLimit = 4 << 20

    private var files: ArraySlice<String>
    /// What is left of a large file.
    private var pieces: StreamPieces.Iterator?
    private let problem: Diagnostic?

    fileprivate init(files: ArraySlice<String>, problem: Diagnostic?) {
      self.files = files
      self.problem = problem
    }

    /// The next page, nil after the last file.
    ///
    /// - Throws: ``Diagnostic`` for a file that cannot be read.
    package mutating func next() async throws -> RawPage? {
      if let problem { throw problem }
      if pieces != nil {
        if let page = try await pieces?.next() { return page }
        pieces = nil
        // It says that the file has ended: what is left of its last object is no part of the next file's first.
        return RawPage([])
      }
      guard let file = files.popFirst() else { return nil }
      guard FolderListing.size(file) > Self.wholeLimit else {
        var pages = FixturePages(files: [file]).makeAsyncIterator()
        return try pages.nextPage()
      }
      pieces = try Self.pieces(of: file)
      return try await next()
    }

    private static func pieces(of file: String) throws(Diagnostic) -> StreamPieces.Iterator {
      do throws(FileError) {
        let chunks = try FileChunks(file)
        return RawStream(name: file) { try chunks.next() }.pieces.makeAsyncIterator()
      } catch {
        throw error.diagnostic
      }
    }
  }
}
