/// Secrets that are known by how they begin.
enum TokenShapes {
  /// A sort of tokens.
  struct Shape: Sendable {
    /// What they begin with.
    let prefix: [UInt8]
    /// How many bytes follow that at least.
    let rest: Int

    init(_ prefix: String, _ rest: Int) {
      self.prefix = Array(prefix.utf8)
      self.rest = rest
    }
  }

  /// The sorts, by their first byte: GitHub, GitLab, Slack, AWS, Atlassian, Octopus, Google, Stripe, npm, Shopify,
  /// Vault, and JSON Web Tokens.
  static let byFirstByte: [UInt8: [Shape]] = Dictionary(
    grouping: [
      Shape("ghp_", 16), Shape("gho_", 16), Shape("ghu_", 16), Shape("ghs_", 16), Shape("ghr_", 16),
      Shape("github_pat_", 16), Shape("glpat-", 12), Shape("gldt-", 12), Shape("glrt-", 12),
      Shape("xoxb-", 8),
      Shape("xoxp-", 8), Shape("xoxa-", 8), Shape("xoxr-", 8), Shape("xoxs-", 8), Shape("xoxe-", 8),
      Shape("xoxe.", 8), Shape("xapp-", 8), Shape("AKIA", 16), Shape("ASIA", 16), Shape("ATATT3", 16),
      Shape("ATCTT3", 16), Shape("API-", 25), Shape("AIza", 30), Shape("sk_live_", 16), Shape("rk_live_", 16),
      Shape("sk-", 32), Shape("npm_", 30), Shape("shpat_", 24), Shape("hvs.", 20), Shape("eyJ", 20),
    ], by: { $0.prefix[0] })

  /// The index after the token that begins at `index` of `bytes`, nil where none does.
  static func end(at index: Int, of bytes: [UInt8]) -> Int? {
    guard let shapes = byFirstByte[bytes[index]],
      let shape = shapes.first(where: { bytes[index...].starts(with: $0.prefix) })
    else { return nil }
    var end = index + shape.prefix.count
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    // A full stop ends the sentence, not the token.
    while end > index, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end - index >= shape.prefix.count + shape.rest else { return nil }
    return shape.prefix == Array("eyJ".utf8) && !bytes[index..<end].contains(UInt8(ascii: ".")) ? nil : end
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte.isLetterOrDigit || [0x2D, 0x2E, 0x5F, 0x3D].contains(byte)
  }
}

extension UInt8 {
  /// Whether it is an ASCII letter or digit.
  var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    default: false
    }
  }

  /// Whether it can be in a word that tells what a value is: `access_token`.
  var isNamePart: Bool { isLetterOrDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-") }
}
