import RawJSON

/// Maps batches for the resources of one kind. It belongs to one thread.
struct BatchMapper {
  private var mappers: [ResourceMapper]

  init(_ resources: [ResourcePlan], _ plan: MappingPlan) {
    mappers = resources.map { ResourceMapper($0, environment: plan.environment) }
  }

  /// What has come of the batches so far, a report a resource.
  var reports: [ResourceReport] { mappers.map(\.report) }

  /// How many raw objects there were so far.
  var objectCount: Int { mappers.first?.objectCount ?? 0 }

  /// Compiles what libjq must run, and reports what does not compile.
  mutating func compile() {
    for number in mappers.indices { mappers[number].compile() }
  }

  /// Appends the entities of a batch's objects, one a line, in order.
  mutating func map(_ batch: RawBatch, into lines: inout ByteBuffer) {
    for number in mappers.indices { mappers[number].start(batch: batch.number) }
    batch.bytes.withScanner { bytes in
      let text = bytes.part(0..<batch.count)
      if let pieces = batch.pieces {
        for piece in pieces { map(piece, of: batch, text, into: &lines) }
      } else {
        mapLines(of: batch, text, into: &lines)
      }
    }
  }

  /// Takes over what another mapper of the same resources has counted.
  mutating func merge(_ other: BatchMapper) {
    for number in mappers.indices { mappers[number].merge(other.mappers[number]) }
  }

  /// Maps objects that nobody has looked for yet: each is checked, found and mapped in one walk. Only
  /// behind a broken one must be found out where the next begins.
  private mutating func mapLines(of batch: RawBatch, _ text: JSONScanner, into lines: inout ByteBuffer) {
    var splitter = JSONSplitter.lines()
    while true {
      let start = text.skipWhitespace(splitter.position)
      if text.byte(start) == UInt8(ascii: "{"), let end = map(objectAt: start, of: batch, text, into: &lines)
      {
        splitter.advance(to: end)
      } else {
        guard let piece = splitter.next(text) else { return }
        map(piece, of: batch, text, into: &lines)
      }
    }
  }

  /// Maps the object at `start` for every resource.
  ///
  /// - Returns: the index after it; nil, with nothing done, where it is not valid.
  private mutating func map(
    objectAt start: Int, of batch: RawBatch, _ text: JSONScanner, into lines: inout ByteBuffer
  ) -> Int? {
    var end: Int?
    for number in mappers.indices {
      guard let found = try? mappers[number].begin(text, at: start) else { return nil }
      end = found
      mappers[number].map(text, start..<found, at: { batch.location(start + $0) }) {
        fields, item, template, _ in
        template.write(fields, item, into: &lines)
        lines.append(UInt8(ascii: "\n"))
      }
    }
    return end
  }

  private mutating func map(
    _ piece: JSONSplitter.Piece, of batch: RawBatch, _ text: JSONScanner, into lines: inout ByteBuffer
  ) {
    switch piece {
    case .object(let range):
      for number in mappers.indices {
        mappers[number].map(text.part(range), at: { batch.location(range.lowerBound + $0) }) {
          fields, item, template, _ in
          template.write(fields, item, into: &lines)
          lines.append(UInt8(ascii: "\n"))
        }
      }
    case .defect(let error):
      for number in mappers.indices {
        mappers[number].reject(JSONError(error.reason, at: 0), at: { _ in batch.location(error.offset) })
      }
    }
  }
}
