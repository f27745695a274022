import Portolan
import RawJSON

/// Makes one line of each line of a stream: what it became.
struct EnvelopeLines {
  /// How many lines there were.
  private var count = 0

  /// The lines for those of the batch's page.
  mutating func lines(_ batch: EntityBatch) -> [UInt8] {
    let bytes = batch.page.bytes
    var places = batch.places[...]
    var unmapped = batch.unmapped[...]
    var lines: [UInt8] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      count += 1
      let entities = places.prefix { $0.object < end }
      let lost = unmapped.prefix { $0.offset < end }
      places = places.dropFirst(entities.count)
      unmapped = unmapped.dropFirst(lost.count)
      let isBlank = bytes[start..<end].allSatisfy { $0 <= 0x20 }
      lines += envelope(entities.map { batch.lines[$0.lines] }, lost, batch.kind, isBlank: isBlank)
      lines.append(UInt8(ascii: "\n"))
      start = end
    }
    return lines
  }

  private func envelope(
    _ entities: [ArraySlice<UInt8>], _ lost: ArraySlice<UnmappedObject>, _ kind: String, isBlank: Bool
  ) -> [UInt8] {
    JSONWriter.object { object in
      object.key("entities")
      object.array { array in for entity in entities { array.json(entity) } }
      object.add("kind", text: kind)
      object.add("line", count)
      let reason = entities.isEmpty ? lost.min { Self.rank($0) < Self.rank($1) } : nil
      let status = isBlank ? "blank" : reason?.status.rawValue ?? (entities.isEmpty ? "empty" : "mapped")
      object.add("status", text: status)
      if let reason {
        object.add("reason", text: reason.reason)
        if let field = reason.field { object.add("field", text: field) }
        if let location = reason.location { object.add("position", text: location.description) }
      }
    }
  }

  /// How bad it is, the worst first: of several resources' answers the worst is told.
  private static func rank(_ object: UnmappedObject) -> Int {
    switch object.status {
    case .invalid: 0
    case .failed: 1
    case .unparsed: 2
    case .skipped: 3
    case .filtered: 4
    }
  }
}
