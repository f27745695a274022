import PortolanCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Points in time as Port writes them: ISO 8601, UTC, with milliseconds.
enum Timestamp {
  /// Now.
  static var now: String { Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

  /// The same time as catalogs keep it, nil for what is no time. What is finer than milliseconds is cut off, so that a
  /// time that was cut off too is never before it.
  static func normalized(_ text: String) -> String? {
    guard let instant = SearchInstant(text) else { return nil }
    let date = Date(timeIntervalSince1970: Double(instant.seconds))
    let milliseconds = String(1000 + instant.nanoseconds / 1_000_000).dropFirst()
    return date.formatted(Date.ISO8601FormatStyle()).dropLast() + ".\(milliseconds)Z"
  }
}
