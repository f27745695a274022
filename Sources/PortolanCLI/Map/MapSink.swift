import Portolan

/// Writes what becomes of a stream: the entities, and beside them what was not mapped.
struct MapSink: EntitySink {
  /// Nobody reads the entities any more: there is nothing left to do.
  struct NobodyReads: Error {}

  private let entities: OutputFile?
  private let rejects: OutputFile?
  private let rejectLines: RejectLines
  private var envelopes: EnvelopeLines?

  /// Opens what `options` names.
  ///
  /// - Throws: `UsageError` where a file cannot be written.
  init(_ options: MapOutputOptions, isEnveloped: Bool) throws(UsageError) {
    entities = try options.output.map { (path) throws(UsageError) in try OutputFile(path) }
    rejects = try options.reject.map { (path) throws(UsageError) in try OutputFile(path) }
    rejectLines = RejectLines(keepsFiltered: options.rejectFiltered)
    envelopes = isEnveloped ? EnvelopeLines() : nil
  }

  /// Whether every object that is not mapped is asked for.
  var needsUnmapped: Bool { rejects != nil || envelopes != nil }

  mutating func receive(_ batch: EntityBatch) throws {
    let lines = envelopes?.lines(batch) ?? batch.lines
    if let entities {
      try entities.write(lines)
    } else if !lines.isEmpty, !StandardStream.output.write(lines) {
      throw NobodyReads()
    }
    try rejects?.write(rejectLines.lines(batch.unmapped, kind: batch.kind))
  }

  /// Puts the files in their places; that of the entities only if they are all there.
  ///
  /// - Throws: `UsageError` where that cannot be done.
  func finish(isComplete: Bool) throws(UsageError) {
    try rejects?.commit()
    if isComplete { try entities?.commit() } else { entities?.discard() }
  }
}
