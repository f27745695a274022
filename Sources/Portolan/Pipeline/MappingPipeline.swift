/// The one road of raw objects: from a source, through a mapping, to a sink.
///
/// ```swift
/// let pipeline = MappingPipeline(CompiledMapping(config), threads: 4)
/// var sink = CollectingSink()
/// let reports = try await pipeline.run(IssueFetcher(), into: &sink)
/// print(sink.entities.count, reports.allSatisfy(\.isComplete))
/// ```
///
/// Where it is run by an actor, the sink and the progress are that actor's, and mapping keeps it free.
///
/// Pages are mapped by several threads and reach the sink in the order in which they came. A few are read ahead,
/// however many there are: memory does not grow with the source. A task that is cancelled ends with
/// `CancellationError` before the next page.
public struct MappingPipeline: Sendable {
  private let mapping: CompiledMapping
  private let threads: Int
  private let keepsUnmapped: Bool

  /// Creates a pipeline for `mapping`.
  ///
  /// - Parameters:
  ///   - mapping: what maps.
  ///   - threads: how many pages are mapped at the same time; at least 1.
  ///   - keepsUnmapped: whether ``EntityBatch/unmapped`` lists all objects of which no entity was made, and not the
  ///     first few of each page.
  public init(_ mapping: CompiledMapping, threads: Int = 1, keepingUnmapped keepsUnmapped: Bool = false) {
    self.mapping = mapping
    self.threads = max(1, threads)
    self.keepsUnmapped = keepsUnmapped
  }

  /// Maps everything that `fetcher` supplies for the config's resources.
  ///
  /// Resources of one kind with the same selector settings are fetched once. An error in the fetcher ends what it
  /// was asked for, and is in the reports, which are then not complete.
  /// - Parameters:
  ///   - fetcher: supplies the raw objects.
  ///   - kinds: the kinds to map; nil for all.
  ///   - sink: takes the entities.
  ///   - isolation: the actor that runs it; the caller's.
  ///   - progress: is told how far the run is, after each page.
  /// - Returns: a report a resource, in the config's order.
  /// - Throws: what the sink throws, and `CancellationError`.
  public func run(
    _ fetcher: some RawFetcher, kinds: Set<String>? = nil, into sink: inout some EntitySink,
    isolation: isolated (any Actor)? = #isolation, progress: (MappingProgress) -> Void = { _ in }
  ) async throws -> [ResourceReport] {
    var reports: [ResourceReport] = []
    for group in FetchGroup.groups(of: mapping.config) where kinds?.contains(group.request.kind) ?? true {
      var run = PipelineRun(mapping, group, keepsLosses: keepsUnmapped)
      do {
        try await map(fetcher.fetch(group.request), &run, into: &sink, isolation, progress)
      } catch let error as SourceError {
        run.fail(error, at: mapping.config.resources[group.places[0]].location)
      }
      reports += run.reports.map(\.report)
    }
    return reports.sorted { $0.index < $1.index }
  }

  /// Maps a stream of raw objects of `kind` by all of the config's resources of that kind.
  ///
  /// - Returns: a report a resource, in the config's order.
  /// - Throws: what reading the stream throws, what the sink throws, ``Diagnostic`` where no resource maps the kind
  ///   or an object is too large to hold, and `CancellationError`.
  public func run(
    _ stream: RawStream, kind: String, into sink: inout some EntitySink,
    isolation: isolated (any Actor)? = #isolation, progress: (MappingProgress) -> Void = { _ in }
  ) async throws -> [ResourceReport] {
    try await run(stream.pieces, kind: kind, into: &sink, isolation: isolation, progress: progress)
  }

  /// Maps pages of raw objects of `kind` by all of the config's resources of that kind.
  ///
  /// - Returns: a report a resource, in the config's order.
  /// - Throws: what reading the pages throws, what the sink throws, ``Diagnostic`` where no resource maps the kind,
  ///   and `CancellationError`.
  public func run<Pages: AsyncSequence & Sendable>(
    _ pages: Pages, kind: String, into sink: inout some EntitySink,
    isolation: isolated (any Actor)? = #isolation, progress: (MappingProgress) -> Void = { _ in }
  ) async throws -> [ResourceReport] where Pages.Element == RawPage {
    var run = try run(ofKind: kind)
    do {
      try await map(pages, &run, into: &sink, isolation, progress)
    } catch let error as SourceError {
      throw error.cause
    }
    return run.reports.map(\.report)
  }

  /// Maps streams of raw objects of several kinds, one kind after another, each by all of the config's resources of
  /// that kind.
  ///
  /// An error in reading ends the streams of its kind, and is in the reports, which are then not complete.
  /// - Returns: a report a resource that maps one of the kinds, in the config's order.
  /// - Throws: what the sink throws, ``Diagnostic`` where no resource maps a kind, and `CancellationError`.
  public func run(
    _ inputs: [MappingInput], into sink: inout some EntitySink,
    isolation: isolated (any Actor)? = #isolation, progress: (MappingProgress) -> Void = { _ in }
  ) async throws -> [ResourceReport] {
    var reports: [ResourceReport] = []
    for input in inputs {
      var run = try run(ofKind: input.kind)
      do {
        try await map(StreamPieces(streams: input.streams), &run, into: &sink, isolation, progress)
      } catch let error as SourceError {
        run.fail(error, at: nil)
      }
      reports += run.reports.map(\.report)
    }
    return reports.sorted { $0.index < $1.index }
  }

  private func run(ofKind kind: String) throws(Diagnostic) -> PipelineRun {
    let places = mapping.places(ofKind: kind)
    guard !places.isEmpty else {
      throw Diagnostic(
        .error, .unknownKind, "no resource maps the kind `\(kind)`",
        help: Spelling.nearest(to: kind, in: mapping.config.resources.map(\.kind)).map {
          "did you mean `\($0)`?"
        })
    }
    return PipelineRun(
      mapping, FetchGroup(request: FetchRequest(kind: kind), places: places), keepsLosses: keepsUnmapped)
  }

  private func map<Pages: AsyncSequence & Sendable>(
    _ pages: Pages, _ run: inout PipelineRun, into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ progress: (MappingProgress) -> Void
  ) async throws where Pages.Element == RawPage {
    do {
      if threads == 1 {
        try await mapInTurn(pages, &run, into: &sink, isolation, progress)
      } else {
        try await mapTogether(pages, &run, into: &sink, isolation, progress)
      }
    } catch let error as SourceError {
      // A source may fail because the task was cancelled: that is no fault of the source.
      try Task.checkCancellation()
      try await run.finish(isBroken: true, into: &sink, isolation, progress)
      throw error
    }
    // A source may end because the task was cancelled: what came of it is not all.
    try Task.checkCancellation()
    try await run.finish(isBroken: false, into: &sink, isolation, progress)
  }

  private func mapInTurn<Pages: AsyncSequence & Sendable>(
    _ pages: Pages, _ run: inout PipelineRun, into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ progress: (MappingProgress) -> Void
  ) async throws where Pages.Element == RawPage {
    var iterator = pages.makeAsyncIterator()
    while let page = try await SourceError.catching({ try await iterator.next() }) {
      try Task.checkCancellation()
      try await run.deliver(await Self.map(page, by: run.lane), into: &sink, isolation, progress)
    }
  }

  /// Maps a page wherever there is time, and not on the actor that runs the pipeline.
  private static func map(_ page: RawPage, by lane: PipelineLane) async -> MappedPage {
    lane.map(page)
  }

  private func mapTogether<Pages: AsyncSequence & Sendable>(
    _ pages: Pages, _ run: inout PipelineRun, into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ progress: (MappingProgress) -> Void
  ) async throws where Pages.Element == RawPage {
    let (lane, threads) = (run.lane, Slots(self.threads))
    // Four pages for each thread may be read and not yet written: enough to keep all of them busy.
    let room = Slots(self.threads * 4)
    let (mapped, continuation) = AsyncThrowingStream<Task<MappedPage, Never>, any Error>.makeStream()
    let reader = Task {
      do {
        for try await page in pages {
          await room.take()
          try Task.checkCancellation()
          continuation.yield(Task { await threads.run { lane.map(page) } })
        }
        continuation.finish()
      } catch {
        continuation.finish(throwing: SourceError(cause: error))
      }
    }
    let stop: @Sendable () -> Void = {
      reader.cancel()
      room.open()
    }
    defer { stop() }
    try await withTaskCancellationHandler {
      for try await task in mapped {
        try Task.checkCancellation()
        try await run.deliver(await task.value, into: &sink, isolation, progress)
        room.give()
      }
    } onCancel: {
      stop()
    }
  }
}

/// Streams of raw objects of one kind, which are mapped one after another.
public struct MappingInput: Sendable {
  /// The kind of the raw objects.
  public var kind: String
  /// Where they come from.
  public var streams: [RawStream]

  /// Creates an input.
  public init(kind: String, _ streams: [RawStream]) {
    self.kind = kind
    self.streams = streams
  }
}

/// How far mapping is.
public struct MappingProgress: Sendable, Hashable {
  /// The kind that is being mapped.
  public let kind: String
  /// How many bytes of raw objects of the kind have been mapped.
  public internal(set) var bytes = 0
  /// How many raw objects of the kind have been mapped.
  public internal(set) var objects = 0
}

/// An error of a source, which is no error of a sink.
struct SourceError: Error {
  var cause: any Error

  static func catching<Value>(
    _ body: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await body()
    } catch {
      throw SourceError(cause: error)
    }
  }
}

extension PipelineRun {
  fileprivate mutating func fail(_ error: SourceError, at location: SourceLocation?) {
    let diagnostics =
      (error.cause as? DiagnosticsError)?.diagnostics ?? [
        error.cause as? Diagnostic
          ?? Diagnostic(
            .error, .fetchFailed, "fetching objects of kind `\(progress.kind)` failed: \(error.cause)",
            help: "the entities of this kind are not complete; fix the cause and run again", at: location)
      ]
    for place in reports.indices { reports[place].fail(diagnostics) }
  }
}
