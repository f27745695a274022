import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("Ranges of a file of lines")
struct LineRangeTests {
  private func identifiers(_ path: String, _ range: Range<Int>) async throws -> [String] {
    let result = try await mapStreams([try RawStream.file(path, bytes: range)])
    #expect(result.report.failed == 0)
    return result.identifiers
  }

  @Test("wherever a file is cut, its parts together give each line once")
  func cuts() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    let folder = try TemporaryFolder()
    for _ in 0..<60 {
      let lines = (0..<Int.random(in: 0...30, using: &random)).map { number in
        let padding = String(repeating: "é", count: Int.random(in: 0...40, using: &random))
        return #"{"id":"o\#(number)","p":"\#(padding)"}"#
      }
      var text = random.chance(3) ? "\u{FEFF}" : ""
      for line in lines { text += line + (random.pick(["\n", "\r\n", "\n\n", "\n  \r\n"]) ?? "\n") }
      if random.chance(2) { while text.last?.isWhitespace == true { text.removeLast() } }
      let path = try folder.write("lines.ndjson", text)
      let size = text.utf8.count
      let cuts = ([0, size + 5] + (0..<5).map { _ in Int.random(in: 0...size, using: &random) }).sorted()
      var found: [String] = []
      for (start, end) in zip(cuts, cuts.dropFirst()) { found += try await identifiers(path, start..<end) }
      #expect(found == lines.indices.map { "o\($0)" }, "seed \(seed), cuts \(cuts)")
    }
  }

  @Test("every cut of a small file, and lines that are longer than what is read at once")
  func everyCut() async throws {
    let folder = try TemporaryFolder()
    let small = try folder.write("small.ndjson", "{\"id\":\"a\"}\n\n{\"id\":\"b\"}\r\n{\"id\":\"c\"}")
    for cut in 0...40 {
      let found = try await identifiers(small, 0..<cut) + identifiers(small, cut..<Int.max)
      #expect(found == ["a", "b", "c"], "\(cut)")
    }
    let long = String(repeating: "x", count: 700_000)
    let large = try folder.write(
      "large.ndjson", ["a", "b", "c"].map { #"{"id":"\#($0)","x":"\#(long)"}"# + "\n" }.joined())
    for cut in [0, 1, 262_144, 700_018, 700_019, 700_020, 1_000_000, 2_000_000] {
      let found = try await identifiers(large, 0..<cut) + identifiers(large, cut..<Int.max)
      #expect(found == ["a", "b", "c"], "\(cut)")
    }
  }

  @Test("a part says from which byte on its lines are counted")
  func names() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.ndjson", "{\"id\":\"a\"}\n{\"id\":\n")
    let result = try await mapStreams([try RawStream.file(path, bytes: 5..<100)])
    #expect(result.report.diagnostics.first?.location?.description == "\(path) from byte 5:1:7")
  }
}
