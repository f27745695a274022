#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Hides secrets in texts for people.
///
/// Known secrets are hidden wherever they are: as they are, percent-encoded, in base64, escaped as in JSON. Besides, what a URL
/// in the text says as user info, or as a parameter with a name such as `token`, is hidden.
package struct SecretMask: Sendable {
  /// What is shown in place of a secret.
  static let sign = "***"
  /// Shorter values are no secrets, and hiding them would hide half of the text.
  private static let shortest = 4

  /// What is hidden, the longest first.
  private var hidden: [[UInt8]]

  /// Hides these values. Those shorter than four characters are left as they are.
  package init(_ secrets: [String]) {
    let forms = Set(secrets.filter { $0.count >= Self.shortest }.flatMap(Self.forms))
    hidden = forms.map { Array($0.utf8) }.sorted { $0.count > $1.count }
  }

  /// The text without secrets.
  package func mask(_ text: String) -> String {
    Self.maskURLs(in: maskValues(in: text))
  }

  /// Whether one of the secrets is in the text.
  func finds(in text: String) -> Bool {
    maskValues(in: text) != text
  }

  /// Whether a name is one that secrets have: `access_token`, `apiKey`, `X-Amz-Signature`.
  static func isSecretName(_ name: some StringProtocol) -> Bool {
    let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
    let parts = ["token", "secret", "password", "passwd", "signature", "credential", "apikey"]
    let whole = ["auth", "authorization", "sig", "pwd", "jwt"]
    return letters.hasSuffix("key") || whole.contains(letters) || parts.contains { letters.contains($0) }
  }

  private static func forms(of secret: String) -> [String] {
    let encoded = PercentEncoding.encode(secret)
    let escaped = secret.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let base64 = secret.inBase64
    let unpadded = String(base64.prefix { $0 != "=" })
    return [
      base64, unpadded, unpadded.replacing("+", with: "-").replacing("/", with: "_"),
      secret, encoded, encoded.lowercasingEscapes, encoded.replacing("%20", with: "+"), escaped,
      escaped.replacing("/", with: "\\/"), PercentEncoding.tidy(secret),
    ]
  }

  private func maskValues(in text: String) -> String {
    guard !hidden.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if let secret = hidden.first(where: { bytes[place...].starts(with: $0) }) {
        result += Self.sign.utf8
        place += secret.count
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension SecretMask {
  private static func maskURLs(in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      if rest.hasPrefix("://") {
        result += "://"
        rest = rest.dropFirst(3)
        let authority = rest.prefix { !"/?# \"'<>\\\n\t".contains($0) }
        if let at = authority.lastIndex(of: "@") {
          result += sign
          rest = rest[at...]
        }
      } else if first == "?" || first == "&" {
        result.append(first)
        rest = rest.dropFirst()
        maskParameter(at: &rest, into: &result)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }

  private static func maskParameter(at rest: inout Substring, into result: inout String) {
    let name = rest.prefix { !"=&#? \"'<>\n\t".contains($0) }
    guard rest[name.endIndex...].first == "=", isSecretName(PercentEncoding.decode(name)) else { return }
    let value = rest[name.endIndex...].dropFirst().prefix { !"&# \"'<>\n\t".contains($0) }
    result += "\(name)=\(value.isEmpty ? "" : sign)"
    rest = rest[value.endIndex...]
  }
}

extension String {
  /// `%2F` as `%2f`.
  fileprivate var lowercasingEscapes: String {
    var result = ""
    var left = 0
    for character in self {
      if character == "%" { left = 3 }
      result += left > 0 ? character.lowercased() : String(character)
      left = max(0, left - 1)
    }
    return result
  }

  /// The text's UTF-8 in base64.
  var inBase64: String { Data(utf8).base64EncodedString() }
}
