#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Points in time as Port writes them: ISO 8601, UTC, with milliseconds.
enum Timestamp {
  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  /// Now.
  static var now: String { Date().formatted(style) }

  /// The same time as catalogs keep it, nil for what is no time. What is finer than milliseconds is cut off.
  static func normalized(_ text: String) -> String? {
    let (head, fraction, zone) = parts(text)
    guard fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    guard let date = try? Date.ISO8601FormatStyle().parse(head + zone) else { return nil }
    let milliseconds = fraction.prefix(3) + String(repeating: "0", count: max(0, 3 - fraction.count))
    return date.formatted(Date.ISO8601FormatStyle()).dropLast() + ".\(milliseconds)Z"
  }

  /// A time without its fraction of a second, the fraction's digits, and the zone, which is UTC where it is left out.
  private static func parts(_ text: String) -> (head: String, fraction: String, zone: String) {
    guard let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }) else { return (text, "", "") }
    let time = text[text.index(after: separator)...]
    let zoneStart = time.firstIndex { $0 == "Z" || $0 == "z" || $0 == "+" || $0 == "-" } ?? time.endIndex
    let clock = time[..<zoneStart].split(separator: ".", maxSplits: 1)
    let zone = zoneStart == time.endIndex ? "Z" : time[zoneStart...].uppercased()
    let head = text[..<separator] + "T" + (clock.first ?? "")
    return (String(head), clock.count > 1 ? String(clock[1]) : "", zone)
  }
}
