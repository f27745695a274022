import RawJSON

/// What helps where a function that reads or writes dates fails.
struct DateCure {
  private let call: String
  private let part: FailedPart

  /// `call` is the call as messages show it.
  init(_ call: String, _ part: FailedPart) {
    self.call = call
    self.part = part
  }

  private var input: JSONView { part.input }
  private var source: String { part.source }
  private var subject: String { part.subject }

  /// For `todate` and its like, which take seconds.
  var written: FailureCure? {
    switch input.kind {
    case .null: return FailureCure(subject, "write `\(source) // empty | \(call)`")
    case .number:
      guard Self.isMilliseconds(input) else { return nil }
      return FailureCure("\(subject) of milliseconds", "write `\(source) / 1000 | \(call)`")
    case .string where Double(input.text ?? "") != nil:
      return FailureCure(subject, "turn it into a number first: `\(source) | tonumber | \(call)`")
    case .string:
      return FailureCure(
        "\(subject), maybe a date already", "leave `| \(call)` out, or read it with `fromdate` first")
    case .array, .object, .boolean: return FailureCure(subject, "dates are made of seconds, a number")
    }
  }

  /// For `fromdate` and its like, which read `2024-03-05T10:20:30Z` and nothing else.
  var read: FailureCure? {
    switch input.kind {
    case .null: return FailureCure(subject, "write `\(source) // empty | \(call)`")
    case .number:
      let seconds = Self.isMilliseconds(input) ? "\(source) / 1000" : source
      return FailureCure("\(subject) already", "`\(seconds) | todate` makes a date of it")
    case .string: return read(input.text ?? "")
    case .array, .object, .boolean: return FailureCure(subject, "only a text is read as a date")
    }
  }

  private func read(_ text: String) -> FailureCure {
    let shown = "\"\(text.shortened(to: 40))\""
    guard Self.isDate(text), text.count == 10 || text.count >= 19 else {
      return FailureCure("\(shown) is no date such as \"2024-03-05T10:20:30Z\"", "`strptime(…)` reads others")
    }
    if text.count == 10 {
      return FailureCure("\(shown) has no time", "write `\(source) + \"T00:00:00Z\" | \(call)`")
    }
    let rest = String(text.dropFirst(19))
    let isUTC = ["", "Z", "+00:00", "+0000"].contains { rest.hasSuffix($0) } && !Self.hasOffset(rest)
    if rest.hasPrefix("."), isUTC {
      return FailureCure(
        "\(shown) has a fraction, which jq's dates do not have",
        #"cut it: `\#(source) | sub("\\..*$"; "Z") | \#(call)`"#)
    }
    if isUTC {
      return FailureCure("\(shown) does not end with `Z`", "write `\(source)[0:19] + \"Z\" | \(call)`")
    }
    return FailureCure(
      "\(shown) has an offset, which jq's dates do not have",
      "a catalog takes it as it is; `\(source)[0:19] + \"Z\" | \(call)` reads it without the offset")
  }

  /// Whether what follows the seconds is the offset of another zone than UTC.
  private static func hasOffset(_ rest: String) -> Bool {
    rest.contains { "+-".contains($0) } && !rest.hasSuffix("+00:00") && !rest.hasSuffix("+0000")
  }

  /// Whether a number of time is too large for seconds.
  static func isMilliseconds(_ number: JSONView) -> Bool {
    number.number.flatMap(Double.init).map { $0 > 1e11 } ?? false
  }

  /// Whether a text begins as a date does.
  static func isDate(_ text: String) -> Bool {
    let characters = Array(text.prefix(10))
    return characters.count == 10 && characters[4] == "-" && characters[7] == "-" && characters[0].isNumber
  }
}
