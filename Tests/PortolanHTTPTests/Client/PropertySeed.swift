import Foundation
import TestSupport

/// What random tests begin with: `PORTOLAN_SEED=N` repeats a run.
enum PropertySeed {
  static let now =
    ProcessInfo.processInfo.environment["PORTOLAN_SEED"].flatMap(UInt64.init)
    ?? UInt64.random(in: 0..<1 << 32)
  static let runs =
    ProcessInfo.processInfo.environment["PORTOLAN_PROPERTY_RUNS"].flatMap { Int($0) } ?? 1000

  /// Pieces that headers and URLs are made of, in any order.
  private static let pieces = [
    "Sun", ",", " ", "06", "Nov", "1994", "08:49:37", "GMT", "-", "2026", "T", "Z", "+01:00", ":", ".",
    "99999999999999",
    "-1", "0", "1e400", "nan", "limit=", "remaining=", "reset=", ";", "r=0", "t=", "\"a\"", "=", "*", "/",
    "8", "10.0.0.0",
    "::", "[", "]", "fd00", "example", "%", "%4", "%zz", "ü", "\u{301}", "https", "://", "?", "&", "#", "@",
    "\\", "..",
    "60", "Retry", "token",
  ]

  /// A text of a few pieces.
  static func text(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0..<9, using: &random)).map { _ in random.pick(pieces) ?? "" }.joined()
  }
}
