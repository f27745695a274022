import Portolan
import PortolanHTTP
import Synchronization

/// Runs a mapping for `map`.
struct MapRun: Sendable {
  /// What a run came to.
  struct Result: Sendable {
    var reports: [ResourceReport] = []
    /// What was found of the objects, and in reading them.
    var diagnostics: [Diagnostic] = []
    /// The kinds whose objects were found to be pages.
    var pageKinds: Set<String> = []
    /// The signal that ended the run before its end.
    var signal: Int32?
    /// Whether the input could not be read to its end, or there was none.
    var isBroken = false
    /// Whether all there was has been mapped and written.
    var isComplete: Bool { !isBroken && signal == nil && reports.allSatisfy(\.isComplete) }

    /// Begins a new line behind the `^C` that a terminal shows where somebody pressed that.
    func beginLine() {
      if signal == Interruption.ctrlC, StandardStream.error.isTerminal { StandardStream.error.write("\n") }
    }
  }

  private let mapping: CompiledMapping
  private let threads: Int
  private let sink: MapSink
  /// Whether progress has the terminal for itself.
  private let showsProgress: Bool

  /// A run of `mapping` whose entities go to `sink`.
  init(_ mapping: CompiledMapping, threads: Int, into sink: MapSink, showsProgress: Bool) {
    self.mapping = mapping
    self.threads = threads
    self.sink = sink
    self.showsProgress = showsProgress
  }

  /// Maps what an integration's API gives of some kinds, nil for all.
  ///
  /// - Throws: `UsageError` where the entities cannot be written.
  func fetch(by fetcher: IntegrationFetcher, kinds: Set<String>?) async throws(UsageError) -> Result {
    let interruption = Interruption.noticing()
    let position = Mutex<MappingProgress?>(nil)
    let ended = await Interruption.cancelling(on: interruption) {
      try await run(size: nil, interruption) { pipeline, sink, show in
        try await pipeline.run(fetcher, kinds: kinds, into: &sink) { progress in
          position.withLock { $0 = progress }
          show(progress)
        }
      }
    }
    do {
      var result = try Self.result(of: ended)
      result.diagnostics = fetcher.diagnostics + result.diagnostics
      return result
    } catch is CancellationError {
      return Result(
        diagnostics: position.withLock { $0 }.map { [Self.interrupted(at: $0)] } ?? [],
        signal: interruption.signal)
    } catch {
      throw Self.usageError(error)
    }
  }

  /// Maps the objects that `inputs` hold.
  ///
  /// - Throws: `UsageError` where the entities cannot be written.
  func read(_ inputs: MapInputs, _ interruption: Interruption.Notice) async throws(UsageError) -> Result {
    if let kind = inputs.typedKind {
      StandardStream.error.write(
        "Reading raw objects of kind `\(kind)` from the terminal. Ctrl-D ends them.\n")
    }
    var result: Result
    do {
      result = try await run(size: inputs.size, interruption) { pipeline, sink, show in
        try await pipeline.run(inputs.inputs, into: &sink, progress: show)
      }
    } catch is MapSink.NobodyReads {
      return Result()
    } catch {
      throw Self.usageError(error)
    }
    result.signal = interruption.signal
    if result.signal != nil { result.diagnostics.removeAll { $0.rule == .fetchFailed } }
    result.isBroken = result.signal == nil && result.reports.contains { !$0.isComplete }
    return result
  }

  private func run(
    size: Int?, _ interruption: Interruption.Notice,
    _ body: (MappingPipeline, inout MapSink, (MappingProgress) -> Void) async throws -> [ResourceReport]
  ) async throws -> Result {
    var sink = sink
    let pipeline = MappingPipeline(mapping, threads: threads, keepingUnmapped: sink.needsUnmapped)
    let progress = StreamProgress(size: size, isAlone: showsProgress)
    defer { progress.clear() }
    let reports = try await body(pipeline, &sink, progress.show)
    // Ctrl-C ends whoever writes the input, too: its end is none then.
    try sink.finish(isComplete: interruption.signal == nil && reports.allSatisfy(\.isComplete))
    let findings = MapFindings(reports, mapping)
    return Result(reports: reports, diagnostics: findings.diagnostics, pageKinds: findings.pageKinds)
  }

  private static func result(of ended: Swift.Result<Result, any Error>) throws -> Result {
    do {
      return try ended.get()
    } catch is MapSink.NobodyReads {
      return Result()
    }
  }

  private static func usageError(_ error: any Error) -> UsageError {
    switch error {
    case let error as UsageError: error
    case let diagnostic as Diagnostic: UsageError([diagnostic])
    default: UsageError("\(error)", nil)
    }
  }

  private static func interrupted(at position: MappingProgress) -> Diagnostic {
    Diagnostic(
      .warning, .interrupted,
      "the run was interrupted: \(position.objects.grouped) objects of kind `\(position.kind)` had been mapped"
    )
  }
}

extension Diagnostic.Rule {
  /// A run that somebody ended before its end.
  fileprivate static let interrupted = Self("interrupted")
}
