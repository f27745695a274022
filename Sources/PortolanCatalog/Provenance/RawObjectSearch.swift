import Crypto
import Portolan

/// Finds the raw object that an entity was made of again, by its SHA-256.
package enum RawObjectSearch {
  /// The SHA-256 of a raw object's bytes, in hexadecimal digits.
  package static func hash(_ raw: [UInt8]) -> String {
    SHA256.hash(data: raw).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// The object in the file where it was, nil where the file is gone or has it no more.
  package static func object(_ origin: EntityOrigin) -> [UInt8]? {
    guard let file = origin.location?.file, let bytes = try? FileBytes.read(file) else { return nil }
    return RawPage(bytes).objects.first { hash($0) == origin.rawHash }
  }
}
