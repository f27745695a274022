extension Int {
  /// The whole number that `digits` write in decimal, nil for one of more than 15 digits and for anything else.
  ///
  /// Up to 15 digits a double, which is what jq computes with, holds the number exactly. `-0` is none: a
  /// double tells it from 0.
  init?(exactDigits digits: some Collection<UInt8>) {
    let isNegative = digits.first == UInt8(ascii: "-")
    let magnitude = digits.dropFirst(isNegative ? 1 : 0)
    guard !magnitude.isEmpty, magnitude.count <= 15, !(isNegative && magnitude.first == UInt8(ascii: "0"))
    else {
      return nil
    }
    var number = 0
    for digit in magnitude {
      guard digit.isDigit else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    self = isNegative ? -number : number
  }
}
