import ReferenceJSON
import ReferenceMapping

@testable import Portolan

/// What the engine and the slow mapper make of the same documents, one after another.
struct Comparison {
  /// What one document came to: its entities, and all counts after it.
  struct Outcome {
    var entities: [SlowValue]
    var counts: SlowCounts
  }

  /// Where the two first differ.
  struct Difference {
    var document: [UInt8]
    var slow: String
    var fast: String
  }

  /// What the slow mapper made of each document.
  private(set) var slow: [Outcome] = []
  private(set) var difference: Difference?

  /// Maps `documents` both ways by the config's first resource.
  init(_ config: PortAppConfig, _ documents: [[UInt8]], _ compiler: SlowCompiler) {
    guard let resource = config.resources.first else { return }
    let mapper = SlowMapper(resource, compiler)
    for document in documents {
      let entities = mapper.map(document)
      slow.append(Outcome(entities: entities, counts: mapper.counts))
    }
    var fast: [(lines: [[UInt8]], counts: SlowCounts)] = []
    let mapping = CompiledMapping(config)
    guard var report = mapping.reports([0], kind: resource.kind).first else { return }
    for document in documents {
      let page = RawPage(document, objectsAt: .object)
      let batch = mapping.map(page, [0], kind: resource.kind, keepsLosses: false, into: []).batch
      for tally in batch.tallies { report.add(tally, of: page) }
      fast.append((batch.map(\.json), SlowCounts(report.report)))
    }
    for (place, (expected, actual)) in zip(slow, fast).enumerated()
    where !expected.entities.match(actual.lines)
      || expected.counts != actual.counts
    {
      let lines = actual.lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
      difference = Difference(
        document: documents[place], slow: "\(expected.entities.text)\n\(expected.counts)",
        fast: "\(lines)\n\(actual.counts)")
      return
    }
  }
}
