extension UInt8 {
  /// Whether it is a blank, a tab or a line's end.
  package var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var startsName: Bool {
    self == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }

  /// Whether it can be within a name: a letter, a digit or `_`.
  package var continuesName: Bool { startsName || isDigit }
}
