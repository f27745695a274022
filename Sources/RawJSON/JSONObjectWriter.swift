/// Writes one JSON object, member by member, compact but for arrays: each of their elements stands on a
/// line of its own, so that a person can read a long one and a tool can compare it by lines.
package struct JSONObjectWriter {
  private var bytes: [UInt8] = [UInt8(ascii: "{")]

  /// An object without members.
  package init() {}

  /// Adds a string.
  package mutating func add(_ key: String, text: String) {
    begin(key)
    JSONText.encode(text, into: &bytes)
  }

  /// Adds a whole number.
  package mutating func add(_ key: String, _ number: Int) {
    begin(key)
    bytes.append(contentsOf: String(number).utf8)
  }

  /// Adds a value that is JSON already.
  package mutating func add(_ key: String, json: [UInt8]) {
    begin(key)
    bytes.append(contentsOf: json)
  }

  /// Adds an array of values that are JSON already.
  package mutating func add(_ key: String, array: [[UInt8]]) {
    begin(key)
    bytes.append(UInt8(ascii: "["))
    for (place, json) in array.enumerated() {
      bytes.append(contentsOf: place == 0 ? "\n".utf8 : ",\n".utf8)
      bytes.append(contentsOf: json)
    }
    bytes.append(contentsOf: array.isEmpty ? "]".utf8 : "\n]".utf8)
  }

  /// The whole object.
  package consuming func finished() -> [UInt8] {
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }

  private mutating func begin(_ key: String) {
    if bytes.count > 1 { bytes.append(contentsOf: ", ".utf8) }
    JSONText.encode(key, into: &bytes)
    bytes.append(contentsOf: ": ".utf8)
  }
}
