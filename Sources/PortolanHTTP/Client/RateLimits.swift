/// What an answer's headers say about how much may be asked, and when.
///
/// ```text
/// Retry-After: 120                                  Retry-After: Wed, 21 Oct 2026 07:28:00 GMT
/// X-RateLimit-Remaining: 3, X-RateLimit-Reset: …    RateLimit-Remaining: 3, RateLimit-Reset: …
/// RateLimit: limit=100, remaining=3, reset=40       RateLimit: "hour";r=3;t=40
/// ```
///
/// Nothing there says which clock an API goes by, so dates are read by its own: the answer's `Date`.
struct RateLimits: Sendable {
  /// How many requests are left until when.
  struct Window: Sendable, Hashable {
    /// Requests that may still be sent.
    var remaining: Int
    /// Seconds until there are new ones.
    var seconds: Double
  }

  /// When to come again, in seconds; nil where the answer does not say.
  var retryAfter: Double?
  /// The tightest window that the answer tells of and that has not passed.
  var window: Window?

  /// Reads an answer's headers; `date` is the time here, in seconds since 1970, for answers without a `Date`.
  init(_ headers: [APIField], date: Double) {
    let now = Self.first("date", headers).flatMap { CalendarDate.http($0, now: date) } ?? date
    retryAfter = Self.first("retry-after", headers).flatMap { Self.moment($0, now: now) }
    let windows = Self.plain(headers, now: now) + Self.structured(headers)
    window = windows.filter { $0.seconds > 0 }.min { one, other in
      (one.remaining, -one.seconds) < (other.remaining, -other.seconds)
    }
  }

  /// Seconds from now until the moment that a header names: as seconds, as seconds or milliseconds since 1970, or as
  /// a date. What has passed is 0.
  static func moment(_ text: some StringProtocol, now: Double) -> Double? {
    let text = text.trimmingBlanks
    guard text.first?.isNumber == true, let number = Double(text), number.isFinite else {
      return (CalendarDate.http(text, now: now) ?? CalendarDate.iso(text)).map { max(0, $0 - now) }
    }
    // Nobody asks to wait for thirty years, and nobody's window was reset in 1970.
    let seconds = number >= 1e11 ? number / 1000 - now : number >= 1e9 ? number - now : number
    return max(0, seconds)
  }

  private static func first(_ name: String, _ headers: [APIField]) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  private static func plain(_ headers: [APIField], now: Double) -> [Window] {
    ["x-ratelimit-", "ratelimit-", "x-rate-limit-"].compactMap { prefix in
      guard let remaining = first("\(prefix)remaining", headers).flatMap(count),
        let seconds = first("\(prefix)reset", headers).flatMap({ moment($0, now: now) })
      else { return nil }
      return Window(remaining: remaining, seconds: seconds)
    }
  }

  /// The header `RateLimit` of the IETF's drafts: the older ones have one window, `limit=…, remaining=…, reset=…`, the
  /// newer ones a list of named windows, `"name";r=…;t=…`.
  private static func structured(_ headers: [APIField]) -> [Window] {
    headers.filter { $0.name.lowercased() == "ratelimit" }.flatMap { header in
      let items = header.value.split(separator: ",").map { parameters($0) }
      let whole = items.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
      let old = window(whole["remaining"], whole["reset"])
      return items.compactMap { window($0["r"], $0["t"]) } + (old.map { [$0] } ?? [])
    }
  }

  private static func window(_ remaining: Substring?, _ seconds: Substring?) -> Window? {
    guard let remaining = remaining.flatMap(count), let seconds = seconds.flatMap({ Double($0) }),
      seconds.isFinite
    else { return nil }
    return Window(remaining: remaining, seconds: seconds)
  }

  private static func parameters(_ item: Substring) -> [String: Substring] {
    var result: [String: Substring] = [:]
    for parameter in item.split(separator: ";") {
      let parts = parameter.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { result[parts[0].trimmingBlanks.lowercased()] = parts[1].trimmingBlanks[...] }
    }
    return result
  }

  /// How many are left, where several windows are told the fewest. A negative number means that there is no limit.
  private static func count(_ text: some StringProtocol) -> Int? {
    text.split(separator: ",").compactMap { part in
      Double(part.prefix { $0 != ";" }.trimmingBlanks).flatMap {
        $0.isFinite && $0 >= 0 ? Int(min($0, 1e9)) : nil
      }
    }.min()
  }
}
