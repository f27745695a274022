import RawJSON
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The tokens that were given out and are still good.
final class AccessTokens: Sendable {
  /// How many are kept: a client that asks for one before each request must not fill the memory.
  private static let capacity = 10_000
  /// How many seconds a token is good for beyond what its client was told, as clients round the time.
  private static let grace: Double = 30

  /// How many seconds a token is good for.
  let lifetime: Int

  private let expirations = Mutex<[String: Double]>([:])

  init(lifetime: Int) {
    self.lifetime = lifetime
  }

  /// A new token, in the form of a JSON Web Token: clients look into it, to see whether it is a machine's. Its last part
  /// is no signature, but what nobody can guess; what counts is that the token was given out here.
  func issue(at time: Double = Date().timeIntervalSince1970) -> String {
    let header = JSONWriter.object { $0.add("alg", text: "none") }
    let payload = JSONWriter.object { payload in
      payload.add("isMachine", true)
      payload.add("exp", Int(time) + lifetime)
    }
    let token = [Base64URL.text(header), Base64URL.text(payload), RandomText.letters(43)].joined(
      separator: ".")
    let expiration = time + Double(lifetime)
    expirations.withLock { expirations in
      if expirations.count >= Self.capacity { Self.makeRoom(&expirations, time) }
      expirations[token] = expiration
    }
    return token
  }

  /// Whether a token was given out and is good.
  func accepts(_ token: String, at time: Double = Date().timeIntervalSince1970) -> Bool {
    expirations.withLock { expirations in
      guard let expiration = expirations[token] else { return false }
      // A lifetime of nothing is for whoever tries what a client does with a token that is no good.
      return time < expiration + (lifetime > 0 ? Self.grace : 0)
    }
  }

  /// Drops what has expired, and the older half where that is nothing.
  private static func makeRoom(_ expirations: inout [String: Double], _ time: Double) {
    expirations = expirations.filter { $0.value + grace > time }
    guard expirations.count >= capacity else { return }
    let middle = expirations.values.sorted()[expirations.count / 2]
    expirations = expirations.filter { $0.value > middle }
  }
}

/// Base64 with letters that need no escape in a URL, unpadded.
enum Base64URL {
  static func text(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
  }

  /// The bytes that ``text(_:)`` made a text of, nil where it made none.
  static func bytes(_ text: String) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    let standard = text.replacing("-", with: "+").replacing("_", with: "/") + padding
    return Data(base64Encoded: standard).map(Array.init)
  }
}
