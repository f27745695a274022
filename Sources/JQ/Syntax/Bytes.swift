extension UInt8 {
  init(_ character: Unicode.Scalar) {
    self.init(truncatingIfNeeded: character.value)
  }

  var isDigit: Bool { (UInt8("0")...UInt8("9")).contains(self) }

  var startsName: Bool {
    self == UInt8("_") || (UInt8("a")...UInt8("z")).contains(self | 0x20)
  }

  var continuesName: Bool { startsName || isDigit }
}
