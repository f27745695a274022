import Testing

@testable import PortolanService

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"),
    ("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500Z"),
    ("2026-01-31T12:00:00.123999+00:00", "2026-01-31T12:00:00.123Z"),
    ("2026-01-31T12:00:00.123+02:00", "2026-01-31T10:00:00.123Z"),
    ("2026-01-31T23:30:00-01:00", "2026-02-01T00:30:00.000Z"),
    ("2026-01-31", "2026-01-31T00:00:00.000Z"),
  ])
  func isWrittenAsCatalogsKeepIt(_ text: String, _ expected: String) {
    #expect(Timestamp.normalized(text) == expected)
  }

  @Test(arguments: [
    "", "yesterday", "2026", "2026-01-31T", "T", "2026-01-31T12:00:00.ZZ", "2026-01-31T12:00:00.1x2Z",
  ])
  func otherTextIsNoTime(_ text: String) {
    #expect(Timestamp.normalized(text) == nil)
  }
}
