/// Floating-point numbers as YAML 1.1 and PyYAML write them: with a dot, and a sign in the exponent.
enum FloatSyntax {
  /// The value of an unquoted text; nil where PyYAML takes it for no float (`1e3`, `1.5e3`, `-.5`).
  static func value(_ text: String) -> Double? {
    if let special = special(text) { return special }
    guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
    if text.utf8.contains(UInt8(ascii: ":")) { return sexagesimal(text) }
    return isDecimal(text) ? number(text) : nil
  }

  /// The value of a text tagged `!!float`, which need not have a dot.
  static func taggedValue(_ text: String) -> Double? {
    if let value = value(text) { return value }
    if let integer = IntegerSyntax(text) { return integer.double }
    let isNumeric = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-._eE".utf8.contains($0)
    }
    return isNumeric ? number(text) : nil
  }

  private static func special(_ text: String) -> Double? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .infinity
    case "-.inf", "-.Inf", "-.INF": -.infinity
    case ".nan", ".NaN", ".NAN": .nan
    default: nil
    }
  }

  private static func number(_ text: String) -> Double? {
    Double(text.filter { $0 != "_" })
  }

  /// `[-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?` or `\.[0-9][0-9_]*([eE][-+][0-9]+)?`
  private static func isDecimal(_ text: String) -> Bool {
    var rest = text.utf8[...]
    let isSigned = skip(&rest, "+-")
    let hasWhole = isDigit(rest.first)
    while isDigitOrUnderscore(rest.first) && hasWhole { rest.removeFirst() }
    guard skip(&rest, "."), hasWhole || (!isSigned && isDigit(rest.first)) else { return false }
    while isDigitOrUnderscore(rest.first) { rest.removeFirst() }
    if rest.isEmpty { return true }
    guard skip(&rest, "eE"), skip(&rest, "+-") else { return false }
    return !rest.isEmpty && rest.allSatisfy { isDigit($0) }
  }

  /// `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*`
  private static func sexagesimal(_ text: String) -> Double? {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    var rest = text.utf8[...]
    _ = skip(&rest, "+-")
    let halves = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, halves[1].allSatisfy({ isDigitOrUnderscore($0) }) else { return nil }
    let parts = halves[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard isDigit(parts[0].first), parts[0].allSatisfy({ isDigitOrUnderscore($0) }) else { return nil }
    guard var value = number(String(Substring(parts[0]))) else { return nil }
    for part in parts.dropFirst() {
      guard let digit = IntegerSyntax.sexagesimalDigit(part) else { return nil }
      value = value * 60 + Double(digit)
    }
    value += number("0." + String(Substring(halves[1])) + "0") ?? 0
    return isNegative ? -value : value
  }

  private static func skip(_ text: inout Substring.UTF8View, _ allowed: String) -> Bool {
    guard let first = text.first, allowed.utf8.contains(first) else { return false }
    text.removeFirst()
    return true
  }

  private static func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private static func isDigitOrUnderscore(_ byte: UInt8?) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: "_")
  }
}
