import Portolan
import ReferenceJSON
import ReferenceMapping
import TestSupport

/// Tries mappings on documents in the fast way and in the slow one.
struct SameAnswersTrial {
  /// How many documents were mapped both ways.
  private(set) var documentCount = 0
  private(set) var entityCount = 0
  private(set) var differences: [String] = []
  private let compiler: SlowCompiler
  private var random: SeededRandom

  init(seed: UInt64) throws {
    compiler = try SlowCompiler()
    random = SeededRandom(seed: seed)
  }

  /// Tries a written mapping on objects like those that it was written for.
  mutating func run(_ source: MappingSource, documents count: Int) async throws {
    var mutator = ObjectMutator(generator: ObjectGenerator(random: random))
    let values = (0..<count).map { number in
      let original = source.objects[number % source.objects.count]
      return number < source.objects.count ? original : mutator.mutated(original)
    }
    random = mutator.generator.random
    try await compare(source.name, source.config, source.kind, documents(values))
  }

  /// Tries a generated mapping on generated objects.
  mutating func runGenerated(documents count: Int) async throws {
    var configs = ConfigGenerator(expressions: ExpressionGenerator(random: random))
    let yaml = configs.yaml()
    var mutator = ObjectMutator(generator: ObjectGenerator(random: configs.expressions.random))
    let values = (0..<count).map { number in
      let object = mutator.generator.object()
      return number % 2 == 0 ? object : mutator.mutated(object)
    }
    random = mutator.generator.random
    let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "generated.yml")
    try await compare(yaml, config, "thing", documents(values))
  }

  /// The values as documents, some of them broken.
  private mutating func documents(_ values: [ReferenceValue]) -> [[UInt8]] {
    var writer = DocumentWriter(random: random)
    var breaker = DocumentBreaker(random: SeededRandom(seed: random.next()))
    let documents = values.map { value in
      let document = writer.document(value)
      return breaker.random.chance(4) ? breaker.broken(document) : document
    }
    random = writer.random
    return documents
  }

  private mutating func compare(
    _ name: String, _ config: PortAppConfig, _ kind: String, _ documents: [[UInt8]]
  ) async throws {
    documentCount += documents.count
    let comparison = Comparison(config, documents, compiler)
    entityCount += comparison.slow.map(\.entities.count).reduce(0, +)
    if let difference = comparison.difference {
      let small = Shrinker(config, difference, compiler)
      differences.append("\(name)\n\(small.text)")
      return
    }
    var streams = StreamTrial(
      config: config, kind: kind, documents: documents, outcomes: comparison.slow, random: random)
    for found in [try await streams.wholeStream(), try await streams.brokenStream()] {
      if let found { differences.append("\(name)\n\(found)") }
    }
    random = streams.random
  }
}
