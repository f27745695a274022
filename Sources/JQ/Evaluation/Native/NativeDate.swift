/// A second of the Gregorian calendar in universal time, as `fromdate` reads it and `strftime` writes it.
struct NativeDate {
  private static let secondsPerDay = 86_400

  var year: Int
  var month: Int
  var day: Int
  /// The second of the day.
  var second: Int

  /// Reads `2024-05-01T10:00:00Z`, and nothing else.
  init?(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count == 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[19] == UInt8(ascii: "Z"), let century = Self.twoDigits(text, 0),
      let year = Self.twoDigits(text, 2),
      let month = Self.twoDigits(text, 5), let day = Self.twoDigits(text, 8),
      let hour = Self.twoDigits(text, 11), let minute = Self.twoDigits(text, 14),
      let second = Self.twoDigits(text, 17)
    else { return nil }
    self.year = century * 100 + year
    self.month = month
    self.day = day
    self.second = hour * 3600 + minute * 60 + second
    guard self.year >= 1970, (1...12).contains(month), day >= 1, day <= Self.days(month, self.year),
      hour < 24, minute < 60, second < 60
    else { return nil }
  }

  /// The date that many seconds after the beginning of 1970; nil from the year 10000 on.
  init?(secondsSince1970 seconds: Int) {
    guard (0..<253_402_300_800).contains(seconds) else { return nil }
    second = seconds % Self.secondsPerDay
    // Days since the first of March of the year 0: then a leap day is a year's last. Howard Hinnant,
    // "chrono-Compatible Low-Level Date Algorithms".
    let days = seconds / Self.secondsPerDay + 719_468
    let (era, dayOfEra) = (days / 146_097, days % 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many seconds after the beginning of 1970 the date is.
  var secondsSince1970: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = (marchYear / 400, marchYear % 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return (era * 146_097 + dayOfEra - 719_468) * Self.secondsPerDay + second
  }

  /// The date in a format of `%Y`, `%m`, `%d`, `%H`, `%M` and `%S`; nil where there is anything else.
  func formatted(_ format: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    var i = 0
    while i < format.count {
      guard format[i] == UInt8(ascii: "%") else {
        output.append(format[i])
        i += 1
        continue
      }
      guard i + 1 < format.count, let (value, width) = field(format[i + 1]) else { return nil }
      let digits = Array(String(value).utf8)
      output += Array(repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
      i += 2
    }
    return output
  }

  private func field(_ letter: UInt8) -> (value: Int, width: Int)? {
    switch letter {
    case UInt8(ascii: "Y"): (year, 4)
    case UInt8(ascii: "m"): (month, 2)
    case UInt8(ascii: "d"): (day, 2)
    case UInt8(ascii: "H"): (second / 3600, 2)
    case UInt8(ascii: "M"): (second / 60 % 60, 2)
    case UInt8(ascii: "S"): (second % 60, 2)
    default: nil
    }
  }

  private static func twoDigits(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    let (tens, ones) = (text[index] &- 0x30, text[index + 1] &- 0x30)
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
