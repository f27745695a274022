import TestSupport
import Testing

@testable import YAMLTree

@Suite("Damaged texts")
struct MutationTests {
  private static let sample = """
    # resources
    defaults: &defaults
      <<: {retries: 0x3, "on": yes}
      query: >-
        .kind == "x"
          and .y

        or 'é'
    resources:
      - kind: !!str repository
        selector: {query: "true", list: [*defaults, 'it''s', "\\u00e9\\
          x"]}
        port:
          <<: *defaults
          entity: |+2
              literal

      - ? key
        : plain
          text
    """
  private static let insertions: [UInt8] =
    Array("\t\n :-[]{}&*!|>'\"%@`#?,\\<~\r0".utf8) + [0, 0x80, 0xC3, 0xE2, 0xFF]

  @Test("the sample itself is read")
  func intact() throws {
    #expect(try YAMLParser.parse(Self.sample).mapping?.entries.count == 2)
  }

  @Test("never trap: a node whose every position can be asked, or an error inside the text")
  func mutations() {
    for seed in UInt64(0)..<6000 {
      var random = SeededRandom(seed: seed)
      let bytes = Self.mutated(&random)
      switch Result(catching: { () throws(YAMLError) in try YAMLParser.parse(bytes) }) {
      case .success(let root):
        #expect(Self.isConsistent(root, bytes.count), "seed \(seed)")
        #expect(!root.json().isEmpty)
      case .failure(let error):
        #expect((0...bytes.count).contains(error.position.offset) && error.position.line > 0, "seed \(seed)")
        #expect(!error.message.isEmpty)
      }
    }
  }

  private static func mutated(_ random: inout SeededRandom) -> [UInt8] {
    var bytes = Array(sample.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, index + Int.random(in: 1...20, using: &random))
      switch Int.random(in: 0...4, using: &random) {
      case 0: bytes.removeSubrange(index..<end)
      case 1: bytes[index] = insertions.randomElement(using: &random) ?? 0
      case 2:
        bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3 where random.chance(4): bytes.removeSubrange(end...)
      default: bytes.insert(insertions.randomElement(using: &random) ?? 0, at: index)
      }
    }
    return bytes
  }

  private static func isConsistent(_ root: YAMLNode, _ count: Int) -> Bool {
    scalars(in: root).allSatisfy { scalar in
      scalar.segments().last?.textEnd ?? 0 == scalar.text.utf8.count
        && (0...scalar.text.utf8.count).allSatisfy {
          (0...count).contains(scalar.position(ofOffset: $0).offset)
        }
    }
  }
}
