import RawJSON
import TestSupport
import Testing

@Suite("Strings")
struct TextTests {
  private func decoded(_ body: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    body.withUnsafeBufferPointer { JSONText.decode($0, into: &output) }
    return output
  }

  @Test(
    "escapes become text",
    arguments: [
      (#"\" \\ \/ \b\f\n\r\t"#, "\" \\ / \u{8}\u{C}\n\r\t"), (#"\u0041\u00e9\u20AC\u0000"#, "Aé€\u{0}"),
      (#"\ud83d\ude00"#, "😀"), (#"\uDBFF\uDFFF"#, "\u{10FFFF}"), (#"\ud800"#, "\u{FFFD}"),
      (#"\ude00x"#, "\u{FFFD}x"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
      (#"\ud83dude00"#, "\u{FFFD}ude00"), (#"\ud83d\n"#, "\u{FFFD}\n"), (#"\ufffd"#, "\u{FFFD}"),
      ("é😀", "é😀"), ("", ""),
    ])
  func escapes(_ body: String, _ text: String) {
    #expect(decoded(Array(body.utf8)) == Array(text.utf8))
  }

  @Test("each maximal part of an ill-formed sequence becomes one U+FFFD, as everywhere in Swift")
  func illFormed() {
    let marks: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
      0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for first in marks {
      for second in marks {
        for third in marks {
          for rest: [UInt8] in [[], [0x80], [0xBF, 0x41], [0xE2, 0x82]] {
            let bytes = [first, second, third] + rest
            let expected = Array(String(decoding: bytes, as: UTF8.self).utf8)
            #expect(decoded(bytes) == expected, "\(bytes)")
          }
        }
      }
    }
  }

  @Test("encoding and decoding gives the text back", arguments: 0..<3 as Range<UInt64>)
  func roundTrip(_ batch: UInt64) throws {
    for seed in batch * 100..<batch * 100 + 100 { try checkRoundTrip(seed) }
  }

  private func checkRoundTrip(_ seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var text = ""
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      let limits: [UInt32] = [0x20, 0x80, 0x800, 0x110000]
      let code = UInt32.random(in: 0..<(random.pick(limits) ?? 1), using: &random)
      text.unicodeScalars.append(Unicode.Scalar(code) ?? "\\")
    }
    var json: [UInt8] = []
    JSONText.encode(text, into: &json)
    #expect(fault(json) == nil, "seed \(seed)")
    #expect(json.withScanner { Array($0.text(0..<json.count).utf8) } == Array(text.utf8), "seed \(seed)")
  }

  @Test("the escapes are those that jq writes")
  func encoded() {
    var json: [UInt8] = []
    JSONText.encode("\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1F}\u{7F}é\u{2028}😀", into: &json)
    #expect(
      String(decoding: json, as: UTF8.self) == "\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\\u007fé\u{2028}😀\"")
  }
}
