import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct HeaderTests {
  private static let now = TestClock.start

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func readsTheDatesOfHTTP(text: String) {
    #expect(CalendarDate.http(text, now: Self.now) == 784_111_777)
  }

  @Test(arguments: [
    ("2026-11-25T17:05Z", 1_795_626_300.0), ("2026-11-25T17:05:12Z", 1_795_626_312),
    ("2026-11-25T18:05:12.5+01:00", 1_795_626_312.5), ("2026-11-25t12:35:12-0430", 1_795_626_312),
    ("2026-11-25 17:05:12", 1_795_626_312), ("2024-02-29T00:00:00Z", 1_709_164_800),
    ("2100-03-01T00:00:00Z", 4_107_542_400), ("2400-03-01T00:00:00Z", 13_574_649_600),
  ])
  func readsTheDatesOfISO(text: String, seconds: Double) {
    #expect(CalendarDate.iso(text) == seconds)
  }

  @Test(arguments: [
    "", "now", "Sun, 31 Feb 2026 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "2026-02-29T00:00:00Z",
    "2026-11-25",
    "2026-11-25T17", "2026-11-25T17:05X", "Sun, 06 Nov 1994",
  ])
  func readsNoOtherDates(text: String) {
    #expect(CalendarDate.http(text, now: Self.now) == nil)
    #expect(CalendarDate.iso(text) == nil)
  }

  @Test(arguments: [
    ("30", 30.0), ("0.5", 0.5), ("1800000030", 30), ("1800000030.5", 30.5), ("1800000030000", 30),
    ("2027-01-15T08:00:30Z", 30), ("Fri, 15 Jan 2027 08:00:30 GMT", 30), ("1700000000", 0), (" 7 ", 7),
  ])
  func readsWhenToComeAgain(text: String, seconds: Double) {
    #expect(RateLimits.moment(text, now: Self.now) == seconds)
  }

  @Test(arguments: ["", "-1", "soon", "nan", "inf", "1e999", "12 apples"])
  func readsNoOtherMoment(text: String) {
    #expect(RateLimits.moment(text, now: Self.now) == nil)
  }

  private static func window(_ headers: [(String, String)]) -> RateLimits.Window? {
    RateLimits(headers.map { APIField($0.0, $0.1) }, date: now).window
  }

  @Test func takesTheTightestWindow() {
    #expect(
      Self.window([("RateLimit", #""a";r=9;t=5, "b";r=2;t=60"#)]) == .init(remaining: 2, seconds: 60))
    #expect(
      Self.window([
        ("X-RateLimit-Remaining", "9"), ("X-RateLimit-Reset", "5"), ("RateLimit-Remaining", "3, 40"),
        ("RateLimit-Reset", "7"),
      ]) == .init(remaining: 3, seconds: 7))
  }

  @Test func knowsNoWindowWithoutItsEnd() {
    #expect(Self.window([("X-RateLimit-Remaining", "0")]) == nil)
    #expect(Self.window([("RateLimit", "limit=9, remaining=0")]) == nil)
    #expect(Self.window([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1700000000")]) == nil)
  }

  @Test func readsAnyHeaderWithoutATrap() {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    let names = [
      "Retry-After", "Date", "RateLimit", "RateLimit-Remaining", "RateLimit-Reset", "X-RateLimit-Remaining",
      "X-RateLimit-Reset",
    ]
    for _ in 0..<PropertySeed.runs {
      let headers = names.map { APIField($0, PropertySeed.text(&random)) }
      let limits = RateLimits(headers, date: Self.now)
      #expect((limits.retryAfter ?? 0) >= 0, "seed \(seed)")
      #expect((limits.window?.remaining ?? 0) >= 0, "seed \(seed)")
      #expect(limits.window?.seconds.isFinite != false, "seed \(seed)")
    }
  }

  /// Each date written by the rules, over all days of forty years, is read as the day that it is.
  @Test func readsEveryDay() {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var (year, month, day) = (1970, 1, 1)
    for number in 0..<14_610 {
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      let text = "Sun, \(two(day)) \(months[month - 1]) \(year) 00:00:01 GMT"
      guard CalendarDate.http(text, now: 0) == Double(number * 86_400 + 1) else {
        Issue.record("\(text)")
        return
      }
      day += 1
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      if day > (month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31) {
        (month, day) = (month + 1, 1)
      }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(year == 2010)
  }
}
