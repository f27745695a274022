import Portolan
import ReferenceJSON
import ReferenceMapping

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
  init(_ config: PortAppConfig, _ documents: [[UInt8]], _ compiler: SlowCompiler) async {
    guard let resource = config.resources.first else { return }
    let mapper = SlowMapper(resource, compiler)
    for document in documents {
      let entities = mapper.map(document)
      slow.append(Outcome(entities: entities, counts: mapper.counts))
    }
    var fast: [(lines: [[UInt8]], counts: SlowCounts)] = []
    _ = await MappingEngine(config).run(PageFetcher(documents: documents)) { entities, report in
      fast.append((entities.map(\.json), SlowCounts(report)))
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

/// Gives documents, each on a page of its own.
private struct PageFetcher: RawFetcher {
  var documents: [[UInt8]]

  func fetch(_ request: RawRequest) -> AsyncStream<[RawObject]> {
    AsyncStream { continuation in
      for document in documents { continuation.yield([RawObject(json: document)]) }
      continuation.finish()
    }
  }
}
