import RawJSON

/// Maps pages for one group of resources, from any number of threads.
struct PipelineLane: Sendable {
  let mapping: CompiledMapping
  let group: FetchGroup
  /// Whether batches list every object that was not mapped.
  let keepsLosses: Bool
  /// Buffers of entities that are done with.
  let buffers = BufferPool()

  func map(_ page: RawPage) -> MappedPage {
    mapping.map(
      page, group.places, kind: group.request.kind, keepsLosses: keepsLosses, into: buffers.take())
  }
}

/// What a pipeline knows of the pages that it has delivered.
///
/// Of a stream's page it was guessed where it ends. If the mapping of one page stops elsewhere, in the middle of
/// an object, what is left goes before the next page's text, and that page is mapped once more: its own
/// mapping began in the wrong place. So the answer is the same wherever pages are cut.
struct PipelineRun {
  let lane: PipelineLane
  var reports: [ReportBuilder]
  private(set) var progress: MappingProgress
  /// Text of earlier pages that no object of theirs could be made of.
  private var rest: Rest?
  /// How the objects after the last page are found.
  private var framer = Framer(.objects)

  private struct Rest {
    var bytes: [UInt8]
    var framer: Framer
    var location: SourceLocation?
    /// How many bytes are known to be of an object that is not whole yet.
    var unfinished: Int
    var cut: StreamCut
  }

  init(_ mapping: CompiledMapping, _ group: FetchGroup, keepsLosses: Bool) {
    lane = PipelineLane(mapping: mapping, group: group, keepsLosses: keepsLosses)
    reports = group.places.isEmpty ? [] : mapping.reports(group.places, kind: group.request.kind)
    progress = MappingProgress(kind: group.request.kind)
  }

  /// Delivers the next page.
  mutating func deliver(
    _ mapped: MappedPage, into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ report: (MappingProgress) -> Void
  ) async throws {
    let next = mapped.batch.page
    if rest == nil {
      guard next.isFragment, let cut = next.cut else {
        return try await accept(mapped, into: &sink, isolation, report)
      }
      framer.beginsLine = next.framer.beginsLine
      rest = Rest(bytes: [], framer: framer, location: next.location, unfinished: 0, cut: cut)
    }
    rest?.bytes += next.bytes
    rest?.framer.mayContinue = next.framer.mayContinue
    lane.buffers.give(mapped.batch.lines)
    guard let rest, rest.bytes.count >= 2 * rest.unfinished || !rest.framer.mayContinue else { return }
    guard rest.unfinished < StreamCutter.objectLimit else {
      throw SourceError(cause: StreamCutter.tooLarge(at: rest.location))
    }
    self.rest = nil
    let page = RawPage(rest.bytes, framer: rest.framer, location: rest.location, cut: rest.cut)
    try await accept(lane.map(page), into: &sink, isolation, report)
  }

  /// Delivers what is left where the source has ended, or has broken off: then its last object is not missed.
  mutating func finish(
    isBroken: Bool,
    into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ report: (MappingProgress) -> Void
  ) async throws {
    guard var last = rest else { return }
    rest = nil
    last.framer.mayContinue = isBroken
    let page = RawPage(last.bytes, framer: last.framer, location: last.location)
    try await accept(lane.map(page), into: &sink, isolation, report)
  }

  private mutating func accept(
    _ mapped: MappedPage, into sink: inout some EntitySink,
    _ isolation: isolated (any Actor)?, _ report: (MappingProgress) -> Void
  ) async throws {
    let batch = mapped.batch
    for (place, tally) in batch.tallies.enumerated() { reports[place].add(tally, of: batch.page) }
    progress.bytes += batch.page.bytes.count
    progress.objects += batch.objectCount
    try await sink.receive(batch)
    report(progress)
    lane.buffers.give(batch.lines)
    framer = mapped.framer.continued
    if let cut = batch.page.cut { rest = Self.rest(of: mapped, cut) }
  }

  /// What is left of a page of a stream, nil where it was cut in the right place.
  private static func rest(of mapped: MappedPage, _ cut: StreamCut) -> Rest? {
    let page = mapped.batch.page
    guard page.framer.mayContinue else { return nil }
    let left = page.bytes[min(mapped.framer.resumption, page.bytes.count)...]
    let isRight =
      mapped.framer.continued.within == page.framer.following(page.bytes.first).within
      && left.allSatisfy(\.isWhiteSpace)
    cut.judge(isRight: isRight)
    if isRight {
      cut.pool.give(page.bytes)
      return nil
    }
    let bytes = mapped.framer.isAtEnd ? [] : Array(left)
    return Rest(
      bytes: bytes, framer: mapped.framer.continued,
      location: page.location(of: mapped.framer.resumption), unfinished: bytes.count, cut: cut)
  }
}

extension Framer {
  /// The same framer of a text in the middle of a stream, wherever on its line that begins.
  fileprivate var within: Framer {
    var framer = self
    framer.mayContinue = true
    framer.beginsLine = false
    return framer
  }
}
