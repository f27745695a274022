import Portolan
import RawJSON
import ReferenceJSON
import ReferenceMapping
import Synchronization
import TestSupport

/// Maps documents as a stream, of which is known what each comes to alone.
struct StreamTrial {
  let config: PortAppConfig
  let kind: String
  let documents: [[UInt8]]
  let outcomes: [Comparison.Outcome]
  var random: SeededRandom

  /// The places of the documents that are objects.
  private let objects: [Int]

  init(
    config: PortAppConfig, kind: String, documents: [[UInt8]], outcomes: [Comparison.Outcome],
    random: SeededRandom
  ) {
    self.config = config
    self.kind = kind
    self.documents = documents
    self.outcomes = outcomes
    self.random = random
    objects = documents.indices.filter {
      if case .object = ReferenceValue(documents[$0]) { true } else { false }
    }
  }

  /// Maps all objects; says what is not as it was alone, nil where all is.
  mutating func wholeStream() async throws -> String? {
    let places = objects
    let text = stream(places.map { documents[$0] })
    let run = try await self.run(text)
    let expected = places.flatMap { outcomes[$0].entities }
    guard expected.match(run.lines) else { return difference(text, expected, run) }
    var counts = outcomes.last?.counts ?? SlowCounts()
    let brokenCount = documents.count - places.count
    counts.raw -= brokenCount
    counts.failed -= brokenCount * (config.resources.first?.mappings.count ?? 0)
    guard run.counts == counts else {
      return difference(text, expected, run) + "\nexpected \(counts)"
    }
    return nil
  }

  /// Maps objects with a broken one between them, each on its own lines; says what of the others is lost.
  mutating func brokenStream() async throws -> String? {
    let places = objects
    let broken = documents.filter { ReferenceValue($0) == nil && Self.canBeTold($0) }
    guard places.count > 1, let defect = random.pick(broken) else { return nil }
    let middle = Int.random(in: 1..<places.count, using: &random)
    let parts = (places[..<middle], places[middle...])
    let all = parts.0.map { documents[$0] } + [defect] + parts.1.map { documents[$0] }
    let text = stream(all.map(Self.onOneLine), separator: "\n")
    let run = try await self.run(text)
    let (before, after) = (
      parts.0.flatMap { outcomes[$0].entities }, parts.1.flatMap { outcomes[$0].entities }
    )
    guard run.lines.count >= before.count + after.count, before.match(run.lines.prefix(before.count)),
      after.match(run.lines.suffix(after.count)), run.counts.failed > 0
    else {
      return "broken: \(String(decoding: defect, as: UTF8.self))\n" + difference(text, before + after, run)
    }
    return nil
  }

  /// Whether what is broken can be told from what is around it: a bracket more would end the array around it,
  /// and without its first bracket it may be several values.
  private static func canBeTold(_ document: [UInt8]) -> Bool {
    document.first == UInt8(ascii: "{") && document.last != UInt8(ascii: "]")
  }

  private static func onOneLine(_ document: [UInt8]) -> [UInt8] {
    let line = document.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    return Array(line.drop { $0 == 0x20 || $0 == 0x09 })
  }

  private mutating func stream(_ documents: [[UInt8]], separator: String? = nil) -> [UInt8] {
    let isArray = random.chance(2)
    let space = separator ?? random.pick(["\n", "\n\n", " \n", "\r\n"]) ?? "\n"
    let between = Array(((isArray ? "," : "") + space).utf8)
    let body = Array(documents.joined(separator: between))
    return isArray ? Array("[\n".utf8) + body + Array("\n]".utf8) : body
  }

  private mutating func run(_ text: [UInt8]) async throws -> StreamRun {
    // 0 is a pause.
    let isLive = random.chance(2)
    let sizes = (0..<16).map { _ in
      isLive && random.chance(3) ? 0 : Int.random(in: 1...(random.chance(2) ? 64 : 8192), using: &random)
    }
    let size = sizes.reduce(0, +) / 16 + 1
    let place = Mutex(0)
    return try await StreamRun(
      CompiledMapping(config), kind: kind, text, threads: random.chance(3) ? 2 : 1
    ) {
      place.withLock { place in
        place += 1
        return place <= sizes.count ? sizes[place - 1] : size
      }
    }
  }

  private func difference(_ text: [UInt8], _ expected: [SlowValue], _ run: StreamRun) -> String {
    """
    stream
      \(String(decoding: text, as: UTF8.self))
    alone
      \(expected.text)
    in the stream
      \(run)
    """
  }
}
