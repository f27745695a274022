/// Dates as headers write them, read into seconds since 1970, and written.
package enum CalendarDate {
  /// A date of HTTP, in any of the three formats of RFC 9110, section 5.6.7:
  /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. By `now` it is
  /// known which century a year of two digits is in.
  package static func http(_ text: some StringProtocol, now: Double) -> Double? {
    var words = text.split { " ,".contains($0) }
    if words.last == "GMT" || words.last == "UTC" { words.removeLast() }
    guard words.count >= 3 else { return nil }
    words.removeFirst()
    if words.count == 4, words[0].first?.isLetter == true {
      return seconds(day: words[1], month: words[0], year: words[3], time: words[2])
    }
    if words.count == 4 { return seconds(day: words[0], month: words[1], year: words[2], time: words[3]) }
    guard words.count == 2 else { return nil }
    let parts = words[0].split(separator: "-")
    guard parts.count == 3, let year = digits(parts[2], 2) else { return nil }
    return seconds(day: parts[0], month: parts[1], year: "\(fullYear(year, now: now))", time: words[1])
  }

  /// A date of ISO 8601: `2026-11-25T17:05Z`, `2026-11-25T17:05:12.345+01:00`.
  package static func iso(_ text: some StringProtocol) -> Double? {
    let halves = text.split(maxSplits: 1) { "Tt ".contains($0) }
    guard halves.count == 2 else { return nil }
    let date = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    guard date.count == 3, let year = digits(date[0], 4), let month = digits(date[1], 2),
      let day = digits(date[2], 2), let days = days(year: year, month: month, day: day)
    else { return nil }
    let end = halves[1].firstIndex { "Zz+-".contains($0) } ?? halves[1].endIndex
    guard let time = time(halves[1][..<end]), let zone = zone(halves[1][end...]) else { return nil }
    return Double(days) * 86_400 + time - zone
  }

  private static func seconds(
    day: some StringProtocol, month: some StringProtocol, year: some StringProtocol, time: some StringProtocol
  ) -> Double? {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    guard let month = months.firstIndex(of: month.lowercased()), let year = digits(year, 4),
      let day = digits(day, 2) ?? digits(day, 1), let days = days(year: year, month: month + 1, day: day),
      let time = self.time(time)
    else { return nil }
    return Double(days) * 86_400 + time
  }

  /// Days since 1970 by the Gregorian calendar; nil for a day that there is not.
  private static func days(year: Int, month: Int, day: Int) -> Int? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    let past = year - 1
    let untilYear = past * 365 + past / 4 - past / 100 + past / 400 - 719_162
    return untilYear + lengths[..<(month - 1)].reduce(0, +) + day - 1
  }

  /// `17:05`, `17:05:12`, `17:05:12.345`; a second of 60 is a leap second.
  private static func time(_ text: some StringProtocol) -> Double? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let hour = digits(parts[0], 2), hour < 24,
      let minute = digits(parts[1], 2), minute < 60
    else { return nil }
    guard parts.count == 3 else { return Double(hour * 3600 + minute * 60) }
    let second = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = digits(second[0], 2), whole <= 60 else { return nil }
    guard second.count == 2 else { return Double(hour * 3600 + minute * 60 + whole) }
    guard !second[1].isEmpty, second[1].utf8.allSatisfy(isDigit), let part = Double("0.\(second[1])") else {
      return nil
    }
    return Double(hour * 3600 + minute * 60 + whole) + part
  }

  /// `Z`, `+01:00`, `-0530` in seconds; a time without a zone is one of UTC.
  private static func zone(_ text: some StringProtocol) -> Double? {
    guard let sign = text.first, sign != "Z", sign != "z" else { return text.count <= 1 ? 0 : nil }
    let number = String(text.dropFirst().filter { $0 != ":" })
    guard let written = digits(number, 4) ?? digits(number, 2).map({ $0 * 100 }), written % 100 < 60 else {
      return nil
    }
    let minutes = written / 100 * 60 + written % 100
    let seconds = Double(minutes * 60)
    return sign == "-" ? -seconds : seconds
  }

  /// A year of two digits is the one that is less than 50 years ahead (RFC 9110).
  private static func fullYear(_ year: Int, now: Double) -> Int {
    guard now.isFinite, abs(now) < 1e12 else { return 1900 + year }
    let thisYear = 1970 + Int(now / 31_556_952)
    let candidate = thisYear - thisYear % 100 + year
    return candidate > thisYear + 50 ? candidate - 100 : candidate
  }

  private static func digits(_ text: some StringProtocol, _ count: Int) -> Int? {
    text.utf8.count == count && text.utf8.allSatisfy(isDigit) ? Int(text) : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
