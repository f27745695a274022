#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A URL that is given relative to another one.
enum URLReference {
  /// The whole URL that `reference` means in the answer of `base`.
  static func resolve(_ reference: String, against base: String) -> String {
    URL(string: reference, relativeTo: URL(string: base))?.absoluteString ?? reference
  }
}
