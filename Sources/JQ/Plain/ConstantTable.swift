/// The values that expressions give whatever the document, as JSON. A number stands for one where copying
/// its bytes would cost more than looking it up.
package struct ConstantTable: Sendable {
  /// The place of a constant in the table.
  package typealias Number = Int

  private var constants: [[UInt8]] = []

  /// A table without constants.
  package init() {}

  /// A constant's JSON.
  package subscript(_ number: Number) -> [UInt8] { constants[number] }

  /// Adds a constant.
  mutating func add(_ json: [UInt8]) -> Number {
    if let known = constants.firstIndex(of: json) { return known }
    constants.append(json)
    return constants.count - 1
  }
}
