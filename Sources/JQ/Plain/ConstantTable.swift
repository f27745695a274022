import RawJSON

/// The values that expressions give whatever the document, as JSON. A number stands for one where copying
/// its bytes would cost more than looking it up.
package struct ConstantTable: Sendable {
  /// The place of a constant in the table.
  package typealias Number = Int

  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>] = []

  /// A table without constants.
  package init() {}

  /// A constant's JSON.
  package subscript(_ number: Number) -> [UInt8] { Array(bytes[ranges[number]]) }

  /// Appends a constant's JSON.
  package func write(_ number: Number, into output: inout ByteBuffer) {
    output.append(bytes, ranges[number])
  }

  /// Whether a constant names anything: it is not null, false, `""`, 0, `[]` or `{}`.
  package func isTruthy(_ number: Number) -> Bool {
    bytes.withScanner { !$0.isBlank(ranges[number]) }
  }

  /// The first byte of a constant's JSON.
  package func firstByte(_ number: Number) -> UInt8 { bytes[ranges[number].lowerBound] }

  /// Adds a constant.
  mutating func add(_ json: [UInt8]) -> Number {
    let start = bytes.count
    bytes += json
    ranges.append(start..<bytes.count)
    return ranges.count - 1
  }
}
