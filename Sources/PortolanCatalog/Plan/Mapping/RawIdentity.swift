import Crypto
import Portolan
import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a raw object is known by.
enum RawIdentity {
  /// The members by which APIs call their objects, the surest first. Names and keys are none: these are what people
  /// change when they rename something.
  static let names = ["id", "Id", "_id", "uuid", "node_id", "self"]

  /// The JSON of the first of ``names`` that is a text or a number at the top of a raw object; nil where none is.
  static func identity(of raw: [UInt8]) -> String? {
    let view = JSONView(valid: raw)
    for name in names {
      guard let value = view[name], value.kind == .string || value.kind == .number else { continue }
      let json = value.json
      if json != "\"\"" { return json }
    }
    return nil
  }

  /// The SHA-256 of some bytes in hexadecimal digits.
  static func hash(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in SHA256.hash(data: bytes) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
