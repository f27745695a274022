#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Times as a catalog keeps them: ISO 8601, UTC, with milliseconds, so that their order is that of their text.
package enum CatalogTime {
  /// Seconds since 1970 as text.
  package static func text(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// What the clock says, in seconds since 1970.
  static var now: Double { Date().timeIntervalSince1970 }
}
