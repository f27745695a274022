import Crypto
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sees whether an event was sent by somebody who knows the secret, and not long ago.
///
/// It looks at the bytes as they came, before anything reads them, and takes the same time whatever is wrong with a
/// signature.
package struct EventVerifier: Sendable {
  private let scheme: EventVerification
  /// The secrets as they are used: several while one is replaced by another.
  private let keys: [[UInt8]]

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - scheme: how it is seen.
  ///   - secrets: what both sides know; each of them counts.
  /// - Throws: ``Unusable`` where a secret is none, or there is none.
  package init(_ scheme: EventVerification, secrets: [String]) throws(Unusable) {
    self.scheme = scheme
    guard !secrets.isEmpty else { throw Unusable(message: "there is no secret") }
    var keys: [[UInt8]] = []
    for secret in secrets { keys.append(try Self.key(secret, scheme)) }
    self.keys = keys
  }

  /// Why a secret cannot be used. It does not quote it.
  package struct Unusable: Error, Sendable, Hashable {
    package var message: String
  }

  /// Checks an event.
  ///
  /// - Parameters:
  ///   - event: the request, as it came.
  ///   - now: the time here, in seconds since 1970.
  /// - Throws: ``EventRefusal`` where it is not seen that it is genuine.
  package func check(_ event: RawEvent, at now: Double) throws(EventRefusal) {
    switch scheme {
    case .header(let name):
      guard let value = event.headers[name.lowercased()] else { throw .missing(name) }
      guard isSecret(Array(value.utf8)) else { throw .wrongSecret }
    case .basic:
      guard let value = event.headers["authorization"] else { throw .missing("authorization") }
      guard let credentials = Self.basicCredentials(value), isSecret(credentials) else { throw .wrongSecret }
    case .signature(let signature):
      try check(event, signature, at: now)
    }
  }

  private func isSecret(_ value: [UInt8]) -> Bool {
    // Hashes are of one length, so that the comparison tells nothing of the secret's.
    let hash = SHA256.hash(data: value)
    return keys.reduce(false) { found, key in
      SHA256.hash(data: key) == hash || found
    }
  }

  private static func basicCredentials(_ value: String) -> [UInt8]? {
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic" else { return nil }
    return Data(base64Encoded: String(parts[1])).map(Array.init)
  }

  private static func key(_ secret: String, _ scheme: EventVerification) throws(Unusable) -> [UInt8] {
    guard !secret.isEmpty else { throw Unusable(message: "the secret is empty") }
    if case .basic = scheme, !secret.contains(":") {
      throw Unusable(
        message: "the secret of basic authentication is `user:password`, and this one has no colon")
    }
    guard case .signature(let signature) = scheme, let prefix = signature.secretPrefix else {
      return Array(secret.utf8)
    }
    let text = secret.hasPrefix(prefix) ? String(secret.dropFirst(prefix.count)) : secret
    guard let bytes = Data(base64Encoded: text), !bytes.isEmpty else {
      throw Unusable(message: "the secret is not base64 after `\(prefix)`")
    }
    return Array(bytes)
  }
}

// MARK: Signatures

extension EventVerifier {
  private func check(
    _ event: RawEvent, _ signature: EventVerification.Signature, at now: Double
  ) throws(EventRefusal) {
    guard let header = event.headers[signature.header.lowercased()] else { throw .missing(signature.header) }
    let time = try signature.timestamp.map { (timestamp) throws(EventRefusal) in
      try Self.time(event, timestamp, at: now)
    }
    if let name = signature.idHeader, event.headers[name.lowercased()] == nil { throw .missing(name) }
    let given = Self.signatures(header, signature)
    guard !given.isEmpty else { throw .unreadable(signature.header) }
    let signed = Self.signed(event, signature, time)
    var isGenuine = false
    for key in keys {
      let code = Self.code(signed, signature.hash, SymmetricKey(data: key))
      for one in given where Self.isEqual(one, code) { isGenuine = true }
    }
    guard isGenuine else { throw .wrongSignature }
  }

  /// When the event was sent, as it is signed.
  private static func time(
    _ event: RawEvent, _ timestamp: EventVerification.Timestamp, at now: Double
  ) throws(EventRefusal) -> String {
    guard let text = event.headers[timestamp.header.lowercased()] else { throw .missing(timestamp.header) }
    guard let seconds = Int64(text), abs(seconds) < 1 << 50 else { throw .unreadable(timestamp.header) }
    // Some send milliseconds, which no second of the next thousand years can be.
    let age = now - (seconds > 100_000_000_000 ? Double(seconds) / 1000 : Double(seconds))
    guard abs(age) <= timestamp.tolerance else {
      throw .outOfTime(age: age, tolerance: timestamp.tolerance)
    }
    return text
  }

  private static func signatures(
    _ header: String, _ signature: EventVerification.Signature
  ) -> [[UInt8]] {
    let texts =
      signature.separator.map { header.split(separator: $0).map { $0.drop { $0 == " " } } } ?? [header[...]]
    return texts.compactMap { text in
      guard text.hasPrefix(signature.prefix) else { return nil }
      let text = String(text.dropFirst(signature.prefix.count))
      switch signature.encoding {
      case .hex: return bytes(hex: text)
      case .base64: return Data(base64Encoded: text).map(Array.init)
      }
    }
  }

  private static func bytes(hex text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = digit(digits[place]), let low = digit(digits[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The bytes that are signed.
  private static func signed(
    _ event: RawEvent, _ signature: EventVerification.Signature, _ time: String?
  ) -> [UInt8] {
    if signature.signed == [.body] { return event.body }
    var signed: [UInt8] = []
    for part in signature.signed {
      switch part {
      case .text(let text): signed += text.utf8
      case .id: signed += (signature.idHeader.flatMap { event.headers[$0.lowercased()] } ?? "").utf8
      case .timestamp: signed += (time ?? "").utf8
      case .body: signed += event.body
      }
    }
    return signed
  }

  private static func code(
    _ signed: [UInt8], _ hash: EventVerification.Hash, _ key: SymmetricKey
  ) -> [UInt8] {
    switch hash {
    case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: signed, using: key))
    case .sha256: Array(HMAC<SHA256>.authenticationCode(for: signed, using: key))
    case .sha512: Array(HMAC<SHA512>.authenticationCode(for: signed, using: key))
    }
  }

  /// Whether two codes are equal, found out in a time that does not depend on where they differ.
  private static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// Why an event is not taken for genuine.
package enum EventRefusal: Error, Sendable, Hashable {
  /// A header is not there.
  case missing(String)
  /// A header holds nothing that could be right.
  case unreadable(String)
  /// The secret is another one.
  case wrongSecret
  /// The signature is of other bytes, or by another secret.
  case wrongSignature
  /// It was sent too long ago, or in the future; both are seconds.
  case outOfTime(age: Double, tolerance: Double)
}

extension EventRefusal: CustomStringConvertible {
  /// What is wrong, for the operator's log; whoever sent it learns only that it is refused.
  package var description: String {
    switch self {
    case .missing(let header): "it has no header `\(header)`"
    case .unreadable(let header): "its header `\(header)` holds no signature or time"
    case .wrongSecret: "its secret is not the one that is set here"
    case .wrongSignature: "its signature does not match: the secret is another one, or the body was changed"
    case .outOfTime(let age, let tolerance):
      age > 0
        ? "it was sent \(Self.words(age)) ago, and at most \(Self.words(tolerance)) are allowed: a replay, or a clock that is wrong"
        : "it was sent \(Self.words(-age)) in the future: one of the clocks is wrong"
    }
  }

  private static func words(_ seconds: Double) -> String { "\(Int(min(max(0, seconds), 1e12))) s" }
}
