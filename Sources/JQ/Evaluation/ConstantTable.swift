import RawJSON

/// The values that expressions have whatever the document, as JSON. Each is known by a number, because copying
/// its bytes for every object would cost more than looking it up.
struct ConstantTable: Sendable {
  typealias Number = Int

  private struct Constant {
    var range: Range<Int>
    var isBlank: Bool
  }

  private var bytes: [UInt8] = []
  private var constants: [Constant] = []

  /// Appends a constant's JSON.
  func write(_ number: Number, into output: inout ByteBuffer) {
    output.append(bytes, constants[number].range)
  }

  /// Appends `null`.
  static func writeNull(into output: inout ByteBuffer) {
    output.append(UInt8(ascii: "n"))
    output.append(UInt8(ascii: "u"))
    output.append(UInt8(ascii: "l"))
    output.append(UInt8(ascii: "l"))
  }

  /// Whether a constant names nothing: it is null, false, `""`, 0, `[]` or `{}`.
  func isBlank(_ number: Number) -> Bool { constants[number].isBlank }

  /// The first byte of a constant's JSON.
  func firstByte(_ number: Number) -> UInt8 { bytes[constants[number].range.lowerBound] }

  /// Adds a constant.
  mutating func add(_ json: [UInt8]) -> Number {
    let start = bytes.count
    bytes += json
    let isBlank = json.withScanner { $0.isBlank(0..<json.count) }
    constants.append(Constant(range: start..<bytes.count, isBlank: isBlank))
    return constants.count - 1
  }
}
