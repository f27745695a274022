/// An integer as YAML 1.1 writes it: decimal, `0b` binary, `0` octal, `0x` hexadecimal or sexagesimal
/// (`1:30`), with `_` between digits.
struct IntegerSyntax: Equatable {
  /// The value; nil where it does not fit.
  let value: Int?
  /// The nearest floating-point value.
  let double: Double
  /// The decimal digits with their sign, however many; nil where the text has another base and the value
  /// does not fit.
  let decimal: String?

  init?(_ text: String) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let isSigned = isNegative || text.utf8.first == UInt8(ascii: "+")
    let unsigned = isSigned ? text.utf8.dropFirst() : text.utf8[...]
    guard let places = Self.places(unsigned) else { return nil }
    var value: Int? = 0
    var double = 0.0
    for (base, digit) in places {
      let (product, overflows) = (value ?? 0).multipliedReportingOverflow(by: base)
      let (sum, exceeds) = product.addingReportingOverflow(isNegative ? -digit : digit)
      value = value == nil || overflows || exceeds ? nil : sum
      double = double * Double(base) + Double(digit)
    }
    self.value = value
    let isDecimal = places.allSatisfy { $0.base == 10 }
    let digits = places.map { String($0.digit) }.joined()
    let exact = isDecimal ? Double(digits) ?? double : double
    self.double = isNegative ? -exact : exact
    decimal = value.map(String.init) ?? (isDecimal ? (isNegative ? "-" : "") + digits : nil)
  }

  private typealias Place = (base: Int, digit: Int)

  /// The digits, each with the base of its step; nil where the text is no integer.
  private static func places(_ text: Substring.UTF8View) -> [Place]? {
    guard let first = text.first else { return nil }
    guard first == UInt8(ascii: "0") else {
      return (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first) ? decimalOrSexagesimal(text) : nil
    }
    let rest = text.dropFirst()
    switch rest.first {
    case nil: return [(10, 0)]
    case UInt8(ascii: "b"): return digits(rest.dropFirst(), base: 2)
    case UInt8(ascii: "x"): return digits(rest.dropFirst(), base: 16)
    default: return digits(text, base: 8)
    }
  }

  private static func decimalOrSexagesimal(_ text: Substring.UTF8View) -> [Place]? {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard var places = digits(parts[0], base: 10) else { return nil }
    for part in parts.dropFirst() {
      guard let value = sexagesimalDigit(part) else { return nil }
      places.append((60, value))
    }
    return places
  }

  /// `0` to `59`, in one or two digits.
  static func sexagesimalDigit(_ text: Substring.UTF8View) -> Int? {
    guard (1...2).contains(text.count), let places = digits(text, base: 10), places.count == text.count
    else { return nil }
    let value = places.reduce(0) { $0 * 10 + $1.digit }
    return value < 60 ? value : nil
  }

  private static func digits(_ text: Substring.UTF8View, base: Int) -> [Place]? {
    var places: [Place] = []
    for byte in text where byte != UInt8(ascii: "_") {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < base else { return nil }
      places.append((base, digit))
    }
    return places.isEmpty ? nil : places
  }
}
