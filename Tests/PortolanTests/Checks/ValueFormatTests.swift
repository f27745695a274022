import Testing

@testable import Portolan

@Suite("The formats of texts")
struct ValueFormatTests {
  @Test(
    "texts that have the format",
    arguments: [
      (
        ValueFormat.url, ["https://example.com", "http://10.0.0.1:8080/a?b#c", "file:///etc", "mailto:a@b.c"]
      ),
      (.email, ["ada@example.com", "a.b+c@sub.example.org"]),
      (
        .dateTime,
        [
          "2026-02-28T09:30:00Z", "2024-02-29t09:30:00.123+02:00", "2000-02-29T23:59:60-0130",
          "2026-12-31 00:00:00+09", "2026-01-01T00:00:00.000+0000",
        ]
      ),
      (.ipv4, ["0.0.0.0", "255.255.255.255", "192.0.2.1"]),
    ])
  func good(format: ValueFormat, texts: [String]) {
    #expect(format.matches(format.example))
    for text in texts { #expect(format.matches(text), "\(format) \(text)") }
  }

  @Test(
    "texts that do not",
    arguments: [
      (
        ValueFormat.url,
        ["", "example.com", "https://", "https:// a", "://x", "1a://x", "https:///path", "C:"]
      ),
      (.email, ["", "ada", "@example.com", "ada@", "ada@example", "a@b@c.d", "a b@c.d", "a@.com", "a@b."]),
      (
        .dateTime,
        [
          "", "2026-02-28", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
          "2026-04-31T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00",
          "2026-01-01T00:00Z", "26-01-01T00:00:00Z", "2026-01-01T00:00:00+25:00", "2026-00-10T00:00:00Z",
        ]
      ),
      (.ipv4, ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "1..2.3", "+1.2.3.4", "1.2.3.0004"]),
    ])
  func bad(format: ValueFormat, texts: [String]) {
    for text in texts { #expect(!format.matches(text), "\(format) \(text)") }
  }
}
