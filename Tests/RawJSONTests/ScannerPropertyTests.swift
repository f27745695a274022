import RawJSON
import ReferenceJSON
import Testing

@Suite("The scanner against a slow parser")
struct ScannerPropertyTests {
  @Test("accepts what RFC 8259 accepts, whatever paths it looks for", arguments: 0..<15 as Range<UInt64>)
  func validity(_ batch: UInt64) {
    for seed in batch * 100..<batch * 100 + 100 { checkValidity(seed) }
  }

  private func checkValidity(_ seed: UInt64) {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document()
    #expect(ReferenceParser.parse(document) != nil, "seed \(seed)")
    for bytes in [document, generator.mutated(document), generator.mutated(document)] {
      let reference = ReferenceParser.parse(bytes)
      let error = fault(bytes)
      #expect((error == nil) == (reference != nil), "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
      let paths = somePaths(&generator, ReferenceParser.parse(document))
      guard case .failure(let found) = find(paths, in: bytes) else { continue }
      #expect(found == error || found.reason == .notAnObject, "seed \(seed)")
    }
  }

  @Test("finds what is at a path", arguments: 20..<35 as Range<UInt64>)
  func paths(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 { try checkPaths(seed) }
  }

  private func checkPaths(_ seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document()
    let reference = try #require(ReferenceParser.parse(document))
    guard case .object = reference.value else { return }
    let paths = somePaths(&generator, reference)
    let ranges = try find(paths, in: document).get()
    for (path, range) in zip(paths, ranges) {
      #expect(range == reference.find(path)?.range, "seed \(seed), path \(path)")
    }
  }

  @Test("copies compactly, each key once", arguments: 40..<50 as Range<UInt64>)
  func copies(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 { try checkCopies(seed) }
  }

  private func checkCopies(_ seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document()
    let reference = try #require(ReferenceParser.parse(document))
    #expect(try copied(document) == reference.copy(of: document), "seed \(seed)")
  }

  @Test("copies an object without a part", arguments: 60..<66 as Range<UInt64>)
  func openObjects(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 { try checkOpenObjects(seed) }
  }

  private func checkOpenObjects(_ seed: UInt64) throws {
    var generator = DocumentGenerator(seed: seed)
    let document = generator.document()
    let reference = try #require(ReferenceParser.parse(document))
    guard case .object = reference.value else { return }
    let comma = Array(",".utf8)
    for path in somePaths(&generator, reference) {
      for replaced in ["a", "é", "item"] {
        let output = document.withScanner { scanner in
          var output: [UInt8] = []
          scanner.openObject(reference.range, without: path, replacing: replaced, into: &output)
          return output
        }
        let members = reference.members(of: document, without: path, but: replaced)
        #expect(output == Array("{".utf8) + members.flatMap { $0 + comma }, "seed \(seed), path \(path)")
      }
    }
  }

  /// Paths that the document has, and some that it has not.
  private func somePaths(_ generator: inout DocumentGenerator, _ reference: ReferenceNode?) -> [JSONPath] {
    let known = reference?.paths() ?? []
    return (0..<4).compactMap { _ in
      guard let path = generator.random.pick(known) else { return nil }
      guard generator.random.chance(3) else { return path }
      let steps: [JSONPathStep] = [.key("a"), .key("é"), .key("none"), .index(0), .index(7)]
      return path.appending(generator.random.pick(steps) ?? .index(1))
    }
  }
}
