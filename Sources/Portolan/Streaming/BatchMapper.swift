import RawJSON

/// Maps batches for the resources of one kind. It belongs to one thread.
final class BatchMapper {
  private let mappers: [ResourceMapper]

  init(_ resources: [ResourcePlan], _ plan: MappingPlan) {
    mappers = resources.map { ResourceMapper($0, environment: plan.environment) }
  }

  /// What has come of the batches so far, a report a resource.
  var reports: [ResourceReport] { mappers.map(\.report) }

  /// Compiles what libjq must run, and reports what does not compile.
  func compile() {
    for mapper in mappers { mapper.compile() }
  }

  /// The entities of a batch's objects, one a line, in order.
  func map(_ batch: RawBatch) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(batch.bytes.count / 4)
    batch.forEachPiece { piece, scanner in
      switch piece {
      case .object(let range):
        let place = RawPlace { batch.location(range.lowerBound + $0) }
        for mapper in mappers {
          mapper.map(scanner.part(range), at: place) { writer, template, _ in
            writer.write(template, into: &lines)
            lines.append(UInt8(ascii: "\n"))
          }
        }
      case .defect(let error):
        let place = RawPlace { _ in batch.location(error.offset) }
        for mapper in mappers { mapper.reject(JSONError(error.reason, at: 0), at: place) }
      }
    }
    return lines
  }

  /// Takes over what another mapper of the same resources has counted.
  func merge(_ other: BatchMapper) {
    for (mine, theirs) in zip(mappers, other.mappers) { mine.merge(theirs) }
  }
}
