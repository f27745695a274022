import Synchronization
import TestSupport
import Testing

@testable import Portolan

@Suite("Compressed streams, and those that are no UTF-8")
struct GzipStreamTests {
  /// `text` as a member of gzip, in stored blocks.
  private func member(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    func little(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) }
    }
    for start in stride(from: 0, to: bytes.count, by: 1000) {
      let block = bytes[start..<min(start + 1000, bytes.count)]
      member.append(start + 1000 >= bytes.count ? 1 : 0)
      member += little(block.count, 2) + little(~block.count & 0xFFFF, 2) + block
    }
    return member + little(Int(checksum(bytes)), 4) + little(bytes.count, 4)
  }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }

  private func lines(_ range: Range<Int>) -> String { range.map { #"{"id":"o\#($0)"}"# + "\n" }.joined() }

  @Test("members one after another, in any parts, with padding after them")
  func members() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    let bytes =
      member(lines(0..<200)) + member(lines(200..<201)) + [0, 0, 0] + member(lines(201..<300)) + [0]
    for limit in [1, 7, 5000] {
      let result = try await mapStream(next: parts(bytes, size: randomSizes(seed, upTo: limit)))
      #expect(result.identifiers == (0..<300).map { "o\($0)" }, "seed \(seed)")
      #expect(result.report.isComplete)
    }
  }

  @Test("a stream that is cut off anywhere says so, and what came whole is mapped")
  func truncated() async throws {
    let bytes = member(lines(0..<40))
    for count in 2..<bytes.count {
      let result = try await mapStream(next: parts(Array(bytes[..<count])) { 64 })
      #expect(!result.report.isComplete, "\(count)")
      #expect(result.report.diagnostics.last?.message.contains("ends too early") == true, "\(count)")
      #expect(result.identifiers == (0..<result.identifiers.count).map { "o\($0)" })
    }
    let almost = try await mapStream(next: parts(Array(bytes.dropLast(8))) { 64 })
    #expect(almost.identifiers.count == 40)
  }

  @Test("damage costs what follows it, and is said")
  func damaged() async throws {
    var bytes = member(lines(0..<200))
    bytes[10 + 1005] = 7
    let result = try await mapStream(next: parts(bytes) { 100 })
    #expect(!result.report.isComplete)
    #expect(result.report.diagnostics.last?.message.contains("is damaged") == true)
    #expect(result.identifiers.count > 10 && result.identifiers.count < 200)
    let garbage = try await mapStream(next: parts(member(lines(0..<3)) + Array("garbage".utf8)) { 5 })
    #expect(garbage.identifiers.count == 3)
    #expect(garbage.report.diagnostics.last?.message.contains("is damaged") == true)
  }

  @Test(
    "what is compressed in another way, or in UTF-16, is recognized and told what to do",
    arguments: [
      ([0x28, 0xB5, 0x2F, 0xFD, 1, 2] as [UInt8], "zstd -dc"), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz -dc"),
      (Array("BZh91AY".utf8), "bzip2 -dc"), ([0x50, 0x4B, 3, 4, 20], "unzip -p"),
      ([0xFF, 0xFE, 0x7B, 0, 0x22, 0], "-f UTF-16 "), ([0xFE, 0xFF, 0, 0x7B], "-f UTF-16 "),
      ([0x7B, 0, 0x22, 0], "UTF-16LE"), ([0, 0x5B, 0, 0x7B], "UTF-16BE"),
    ])
  func otherFormats(bytes: [UInt8], advice: String) async throws {
    for size in [1, 100] {
      let result = try await mapStream(next: parts(bytes) { size })
      #expect(result.report.raw == 0)
      #expect(result.report.diagnostics.first?.help?.contains(advice) == true, "\(size)")
    }
  }

  @Test("few bytes that a format could begin with are text all the same")
  func shortTexts() async throws {
    for text in ["B", "P\n", "[", "\u{FEFF}"] {
      let result = try await mapStream(next: parts(Array(text.utf8)) { 1 })
      #expect(result.report.isComplete, "\(text)")
    }
  }
}
