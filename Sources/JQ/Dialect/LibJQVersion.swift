#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which jq the libjq speaks that this process has loaded.
package enum LibJQVersion: Int, Sendable, Comparable, CaseIterable {
  /// 1.5 and 1.6
  case v1_6 = 6
  /// 1.7 and 1.7.1
  case v1_7 = 7
  /// 1.8 and later
  case v1_8 = 8

  /// The version of the loaded libjq, which does not say it itself: told by what it exports.
  /// `jv_number_has_literal` came with 1.7, `jv_unique` with 1.8.
  package static let loaded: LibJQVersion =
    if exports("jv_unique") { .v1_8 } else if exports("jv_number_has_literal") { .v1_7 } else { .v1_6 }

  /// The version's name, as `1.7`.
  package var name: String { "1.\(rawValue)" }

  package static func < (first: LibJQVersion, second: LibJQVersion) -> Bool {
    first.rawValue < second.rawValue
  }

  /// Safe: a null handle asks for the process's own symbols; nothing is called through the address.
  private static func exports(_ symbol: String) -> Bool {
    guard let process = dlopen(nil, RTLD_LAZY) else { return false }
    defer { dlclose(process) }
    return dlsym(process, symbol) != nil
  }
}
