#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A bound that grows with a power of a size: `factor` times the size to the power of `power`.
struct Growth: Sendable {
  var factor: Double
  var power: Int

  static let none = Growth(factor: 0, power: 0)

  /// The bound for a size.
  func callAsFunction(_ size: Double) -> Double {
    factor == 0 ? 0 : factor * pow(max(1, size), Double(power))
  }

  /// The bound where the size is itself `copies` times a power of another one.
  func of(copies: Int, power outer: Int) -> Growth {
    Growth(factor: factor * pow(Double(copies), Double(power)), power: min(40, power * outer))
  }

  /// The bound of as many as a power of the size.
  func repeated(power times: Int) -> Growth {
    Growth(factor: factor, power: factor == 0 ? 0 : min(40, power + times))
  }

  static func + (first: Growth, second: Growth) -> Growth {
    Growth(factor: first.factor + second.factor, power: max(first.power, second.power))
  }
}
