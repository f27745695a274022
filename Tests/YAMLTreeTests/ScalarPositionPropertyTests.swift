import Testing

@testable import YAMLTree

@Suite("Positions in generated scalars")
struct ScalarPositionPropertyTests {
  private static let rounds: UInt64 = 1500

  @Test("the walk gives the text again, in order, and finds every word", arguments: YAMLScalar.Style.allCases)
  func walk(style: YAMLScalar.Style) {
    var parsed = 0
    for seed in 0..<Self.rounds {
      var generator = ScalarGenerator(seed: seed)
      let document = generator.document(style)
      guard let root = try? YAMLParser.parse(document.text) else { continue }
      let found = scalars(in: root)
      if found.contains(where: { $0.style == style }) { parsed += 1 }
      let broken = found.contains { !Self.isFaithful($0) } || !Self.findsWords(document, in: found)
      if broken {
        Issue.record("seed \(seed): \(document.text.debugDescription)")
        return
      }
    }
    #expect(parsed > Int(Self.rounds) * 9 / 10)
  }

  private static func isFaithful(_ scalar: YAMLScalar) -> Bool {
    var bytes: [UInt8] = []
    var last = 0
    for segment in scalar.segments() {
      guard segment.textStart == bytes.count, segment.source.lowerBound >= last else { return false }
      last = segment.source.upperBound
      switch segment.output {
      case .copied: bytes += scalar.source.bytes[segment.source]
      case .scalar(let value): bytes += Array(String(value).utf8)
      }
      guard bytes.count == segment.textEnd else { return false }
    }
    return bytes == Array(scalar.text.utf8)
  }

  private static func findsWords(_ document: ScalarGenerator.Document, in scalars: [YAMLScalar]) -> Bool {
    let source = Array(document.text.utf8)
    return document.words.allSatisfy { word in
      let expected = offset(of: word, in: source)
      let places = scalars.compactMap { scalar -> YAMLPosition? in
        offset(of: word, in: Array(scalar.text.utf8)).map { scalar.position(ofOffset: $0) }
      }
      return !places.isEmpty && places.allSatisfy { $0.offset == expected }
    }
  }

  private static func offset(of word: String, in bytes: [UInt8]) -> Int? {
    let word = Array(word.utf8)
    guard bytes.count >= word.count else { return nil }
    return (0...bytes.count - word.count).first { bytes[$0..<$0 + word.count].elementsEqual(word) }
  }
}
