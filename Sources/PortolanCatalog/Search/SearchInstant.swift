import Portolan

/// A point in time, as ISO 8601 writes it: a date, or a date with a time and a zone.
package struct SearchInstant: Sendable, Hashable, Comparable {
  /// Whole seconds since 1970.
  package var seconds: Int
  /// The rest.
  package var nanoseconds = 0

  init(seconds: Int) {
    self.seconds = seconds
  }

  /// Reads a text; nil where it is no date.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-") else { return nil }
    let isDate = bytes.count == 10
    guard ValueFormat.dateTime.matches(isDate ? text + "T00:00:00Z" : text) else { return nil }
    let days = Self.days(Self.number(bytes[0..<4]), Self.number(bytes[5..<7]), Self.number(bytes[8..<10]))
    seconds = days * 86400
    guard !isDate else { return }
    seconds +=
      Self.number(bytes[11..<13]) * 3600 + Self.number(bytes[14..<16]) * 60 + Self.number(bytes[17..<19])
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      let kept = Array(digits.prefix(9))
      nanoseconds = Self.number((kept + repeatElement(0x30, count: 9 - kept.count))[...])
      rest = rest[digits.endIndex...]
    }
    seconds -= Self.offset(rest)
  }

  package static func < (first: SearchInstant, second: SearchInstant) -> Bool {
    (first.seconds, first.nanoseconds) < (second.seconds, second.nanoseconds)
  }

  /// How many seconds a zone, `Z` or `+02:00`, is ahead.
  private static func offset(_ zone: ArraySlice<UInt8>) -> Int {
    let digits = zone.filter { (0x30...0x39).contains($0) }
    guard digits.count >= 2 else { return 0 }
    let seconds = number(digits[0..<2]) * 3600 + number(digits[2...]) * 60
    return zone.first == UInt8(ascii: "-") ? -seconds : seconds
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  /// How many days a date of the Gregorian calendar is after 1970-01-01: years begin in March, so that the day that
  /// leap years have more is a year's last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month > 2 ? year : year - 1
    let month = month > 2 ? month - 3 : month + 9
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * month + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension SearchInstant {
  /// The first and the last instant of a range that Port has a name for, in UTC; nil where there is none of that name.
  static func preset(_ name: String, now: Int) -> (from: SearchInstant, to: SearchInstant)? {
    let day = 86400
    let midnight = now - ((now % day) + day) % day
    let range: (Int, Int)? =
      switch name {
      case "today": (midnight, midnight + day - 1)
      case "yesterday": (midnight - day, midnight - 1)
      case "tomorrow": (midnight + day, midnight + 2 * day - 1)
      default:
        presetDays[name].map { days in
          days < 0 ? (now + days * day, now) : (now, now + days * day)
        }
      }
    guard let (from, to) = range else { return nil }
    var last = SearchInstant(seconds: to)
    last.nanoseconds = 999_999_999
    return (SearchInstant(seconds: from), last)
  }

  /// The names of all ranges.
  static var presetNames: [String] { (["today", "yesterday", "tomorrow"] + presetDays.keys).sorted() }

  private static let presetDays = [
    "lastDay": -1, "lastWeek": -7, "last2Weeks": -14, "lastMonth": -30, "last3Months": -90,
    "last6Months": -180, "last12Months": -365, "last2Years": -730, "last3Years": -1095,
    "nextDay": 1, "nextWeek": 7, "next2Weeks": 14, "nextMonth": 30, "next3Months": 90, "next6Months": 180,
    "next12Months": 365,
  ]
}
