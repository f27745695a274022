/// What a client of the catalog's server has to know.
public struct ServiceCredentials: Sendable {
  /// The name.
  public let clientID: String
  /// The secret.
  public let clientSecret: String

  /// Credentials that somebody chose.
  public init(clientID: String, clientSecret: String) {
    self.clientID = clientID
    self.clientSecret = clientSecret
  }

  /// Credentials that nobody can guess.
  public static func generated() -> ServiceCredentials {
    ServiceCredentials(clientID: "local", clientSecret: RandomText.letters(40))
  }

  /// Whether these are the same. It takes as long where the first letter differs as where the last one does.
  func match(clientID: String, clientSecret: String) -> Bool {
    // Both are compared in any case, so that the time does not tell which one is wrong.
    let isSameID = Self.isSame(self.clientID, clientID)
    let isSameSecret = Self.isSame(self.clientSecret, clientSecret)
    return isSameID && isSameSecret
  }

  private static func isSame(_ expected: String, _ given: String) -> Bool {
    let (expected, given) = (Array(expected.utf8), Array(given.utf8))
    var difference = expected.count ^ given.count
    for (index, byte) in given.enumerated() {
      difference |= Int((expected.isEmpty ? 0 : expected[index % expected.count]) ^ byte)
    }
    return difference == 0 && !expected.isEmpty
  }
}

/// Text that cannot be guessed.
enum RandomText {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

  /// So many letters and digits, each with almost six bits of the system's randomness.
  static func letters(_ count: Int) -> String {
    var random = SystemRandomNumberGenerator()
    return String(
      decoding: (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 65 }, as: UTF8.self)
  }
}
