#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The time.
enum ServiceClock {
  /// Now, in seconds since 1970.
  static var now: Double { Date().timeIntervalSince1970 }
}
