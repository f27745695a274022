/// A number as it is written, whatever its size: a sign, digits and a power of ten, so that `1.0`, `1` and `10e-1` are
/// the same, and `9007199254740993` and `9007199254740992` are not.
///
/// Reading and comparing take time that grows with the text alone: the exponent is never written out.
package struct JSONDecimal: Sendable, Hashable {
  /// Whether it is below zero; zero itself is not.
  private let isNegative: Bool
  /// The digits without zeros in front and behind; none for zero.
  private let digits: [UInt8]
  /// How many places the point is to the right of the first digit's left: `12.5` is `0.125` and 2.
  private let point: DecimalExponent

  /// Reads the digits of a valid JSON number.
  package init(_ text: some Sequence<UInt8>) {
    var isNegative = false
    var digits: [UInt8] = []
    var (leading, whole, isFraction) = (0, 0, false)
    var exponent = DecimalExponent.Reader()
    var isExponent = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9") where isExponent:
        exponent.read(byte)
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !isFraction { whole += 1 }
        if digits.isEmpty, byte == UInt8(ascii: "0") { leading += 1 } else { digits.append(byte) }
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): isExponent = true
      case UInt8(ascii: "-"):
        if isExponent { exponent.isNegative = true } else { isNegative = true }
      default: break
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    self.isNegative = isNegative && !digits.isEmpty
    point = digits.isEmpty ? .small(0) : exponent.plus(whole - leading)
    self.digits = digits
  }

  /// Reads a text that is a JSON number; nil for anything else.
  package init?(text: String) {
    let bytes = Array(text.utf8)
    let isNumber = bytes.withScanner { scanner in
      scanner.byte(0) == UInt8(ascii: "-") || (0x30...0x39).contains(scanner.byte(0))
        ? (try? scanner.skipValue(0)) == scanner.count : false
    }
    guard isNumber else { return nil }
    self.init(bytes)
  }
}

extension JSONDecimal: Comparable {
  /// Whether one number is less than the other.
  package static func < (first: JSONDecimal, second: JSONDecimal) -> Bool {
    if first.isNegative != second.isNegative { return first.isNegative }
    return first.isNegative ? second.isCloserToZero(than: first) : first.isCloserToZero(than: second)
  }

  private func isCloserToZero(than other: JSONDecimal) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if point != other.point { return point < other.point }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

/// A power of ten's exponent: JSON gives it no limit.
enum DecimalExponent: Sendable, Hashable {
  /// One of at most 18 digits.
  case small(Int)
  /// One of more digits; they have no zeros in front.
  case large(isNegative: Bool, digits: [UInt8])

  private static let smallDigits = 18

  /// Reads an exponent, digit by digit.
  struct Reader {
    var isNegative = false
    private var digits: [UInt8] = []

    mutating func read(_ digit: UInt8) {
      if !digits.isEmpty || digit != UInt8(ascii: "0") { digits.append(digit) }
    }

    /// The exponent and `places` more; there are never as many places as a large exponent says.
    func plus(_ places: Int) -> DecimalExponent {
      guard digits.count > DecimalExponent.smallDigits else {
        let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        return DecimalExponent(digits: Array(String((isNegative ? -value : value) + places).utf8))
      }
      var sum = digits
      var carry = isNegative ? -places : places
      for index in sum.indices.reversed() where carry != 0 {
        let digit = Int(sum[index] - UInt8(ascii: "0")) + carry
        let kept = ((digit % 10) + 10) % 10
        sum[index] = UInt8(ascii: "0") + UInt8(kept)
        carry = (digit - kept) / 10
      }
      let text = (carry > 0 ? Array(String(carry).utf8) : []) + sum
      return DecimalExponent(
        digits: (isNegative ? [UInt8(ascii: "-")] : []) + text.drop { $0 == UInt8(ascii: "0") })
    }
  }

  /// The one way to write a number of these digits, a minus in front allowed.
  private init(digits text: [UInt8]) {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = Array(text.drop { $0 == UInt8(ascii: "-") })
    if digits.count > Self.smallDigits {
      self = .large(isNegative: isNegative, digits: digits)
    } else {
      let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      self = .small(isNegative ? -value : value)
    }
  }
}

extension DecimalExponent: Comparable {
  static func < (first: DecimalExponent, second: DecimalExponent) -> Bool {
    switch (first, second) {
    case (.small(let a), .small(let b)): return a < b
    case (.small, .large(let isNegative, _)): return !isNegative
    case (.large(let isNegative, _), .small): return isNegative
    case (.large(let isNegative, let a), .large(let isOther, let b)):
      if isNegative != isOther { return isNegative }
      let (low, high) = isNegative ? (b, a) : (a, b)
      return low.count == high.count ? low.lexicographicallyPrecedes(high) : low.count < high.count
    }
  }
}
