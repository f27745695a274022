/// Replaces addresses and secrets inside of one text, going through its bytes once.
struct TextRedactor {
  /// How many e-mail addresses were replaced.
  private(set) var emails = 0
  /// How many secrets were replaced.
  private(set) var secretCount = 0

  private let text: [UInt8]
  private let secrets: SecretTexts
  /// What stands for what; nil where secrets alone are replaced, all of them by one sign.
  private let pseudonyms: Pseudonyms?
  private var output: [UInt8] = []
  /// How much of the text is in the output.
  private var done = 0
  /// Where the last text that stands for another ends: nothing that is looked for reaches before it.
  private var barrier = 0

  init(_ text: [UInt8], _ secrets: SecretTexts, _ pseudonyms: Pseudonyms) {
    self.text = text
    self.secrets = secrets
    self.pseudonyms = pseudonyms
  }

  /// Hides what looks like a secret, and nothing else.
  init(hidingSecretsIn text: [UInt8]) {
    self.text = text
    secrets = Self.noSecrets
    pseudonyms = nil
  }

  private static let noSecrets = SecretTexts([])

  /// The text with what was found replaced; nil where nothing was.
  mutating func redacted() -> [UInt8]? {
    if secrets.isShort(text) {
      replaceSecret(0..<text.count)
      return output
    }
    var index = 0
    while index < text.count {
      if secrets.isInteresting(text[index]) {
        index = max(next(index), done)
      } else {
        index += 1
      }
    }
    guard done > 0 else { return nil }
    return output + text[done...]
  }

  /// Looks at what is at `index`.
  ///
  /// - Returns: where to look next.
  private mutating func next(_ index: Int) -> Int {
    if let end = secrets.end(at: index, of: text) {
      replaceSecret(index..<end)
      return end
    }
    if let end = replacedEnd(index) {
      barrier = end
      return end
    }
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "@"): replaceEmail(index, sign: "@")
    case UInt8(ascii: "%"): if starts(with: "%40", at: index) { replaceEmail(index, sign: "%40") }
    case UInt8(ascii: "="): replaceParameter(index)
    case UInt8(ascii: ":"): if starts(with: "://", at: index) { replaceUser(after: index + 3) }
    case UInt8(ascii: "-"): if starts(with: "-----BEGIN ", at: index) { replaceKey(index) }
    case _ where byte.isLetterOrDigit && isWordStart(index): return word(index)
    default: break
    }
    return index + 1
  }

  /// The index after the text at `index` that stands for a secret already, nil where none is.
  private func replacedEnd(_ index: Int) -> Int? {
    guard text[index] == UInt8(ascii: "r"), starts(with: Pseudonyms.secretPrefix, at: index) else {
      return nil
    }
    let end = min(index + Pseudonyms.secretCount, text.count)
    return Pseudonyms.isSecret(String(decoding: text[index..<end], as: UTF8.self)) ? end : nil
  }

  // MARK: Words

  private func isWordStart(_ index: Int) -> Bool { index == 0 || !text[index - 1].isNamePart }

  /// Looks at the word at `index`: a token, or what a token follows.
  private mutating func word(_ index: Int) -> Int {
    if let end = TokenShapes.end(at: index, of: text) {
      replaceSecret(index..<end)
      return end
    }
    switch text[index] {
    case UInt8(ascii: "B"), UInt8(ascii: "b"): replaceCredential(index)
    default: break
    }
    return index + 1
  }

  /// `Bearer …` and `Basic …`, where what follows does not look like a word of a sentence.
  private mutating func replaceCredential(_ index: Int) {
    guard
      let scheme = ["bearer ", "basic "].first(where: { scheme in
        index + scheme.utf8.count < text.count
          && zip(text[index...], scheme.utf8).allSatisfy { $0 | 0x20 == $1 }
      })
    else { return }
    let start = index + scheme.utf8.count
    let end = end(from: start) { $0.isNamePart || [0x2B, 0x2F, 0x2E, 0x3D, 0x7E].contains($0) }
    let isWord = text[start..<end].allSatisfy { $0.isLetterOrDigit && !(0x30...0x39).contains($0) }
    // What an address follows is the address's user.
    guard !starts(with: "@", at: end), !starts(with: "%40", at: end) else { return }
    if end - start >= 8, !isWord || end - start >= 24 { replaceSecret(start..<end) }
  }

  // MARK: Parts of URLs

  /// The value after `token=` and the like.
  private mutating func replaceParameter(_ equals: Int) {
    var start = equals
    while start > max(done, barrier), text[start - 1].isNamePart { start -= 1 }
    guard start < equals, equals - start <= 64,
      RedactionKeys.isSecret(String(decoding: text[start..<equals], as: UTF8.self))
    else { return }
    let ends = Array("&;#\"'<>)]}, ".utf8)
    let end = end(from: equals + 1) { $0 > 0x20 && !ends.contains($0) }
    if end > equals + 1, replacedEnd(equals + 1) == nil { replaceSecret(equals + 1..<end) }
  }

  /// The user and password before the host of a URL. `git@` is everybody's.
  private mutating func replaceUser(after start: Int) {
    let ends = Array("/?#\"<>) ".utf8)
    let end = end(from: start) { $0 > 0x20 && !ends.contains($0) }
    guard let sign = text[start..<end].lastIndex(of: UInt8(ascii: "@")), sign > start else { return }
    if text[start..<sign].elementsEqual("git".utf8) || isReplacedEmail(sign) { return }
    replaceSecret(start..<sign)
  }

  /// Whether the `@` at `index` is in an address that stands for another.
  private func isReplacedEmail(_ index: Int) -> Bool {
    Pseudonyms.isEmail(
      String(decoding: text[max(0, index - 13)..<index], as: UTF8.self),
      String(decoding: text[(index + 1)...].prefix(11), as: UTF8.self))
  }

  /// A private key, to its end line or else to the end of the text.
  private mutating func replaceKey(_ index: Int) {
    let kind = end(from: index + 11) { $0 != UInt8(ascii: "-") && $0 != 0x0A }
    guard text[index..<kind].suffix(11).elementsEqual("PRIVATE KEY".utf8) else { return }
    let mark = Array("-----END ".utf8)
    var end = kind
    while end < text.count, !(text[end] == mark[0] && text[end...].starts(with: mark)) { end += 1 }
    end = self.end(from: min(end + mark.count, text.count)) { $0 != UInt8(ascii: "-") && $0 != 0x0A }
    end = self.end(from: end) { $0 == UInt8(ascii: "-") }
    replaceSecret(index..<end)
  }

  // MARK: E-mail addresses

  /// The address around the `@` at `index`.
  private mutating func replaceEmail(_ index: Int, sign: String) {
    var start = index
    while start > max(done, barrier), isUserPart(text[start - 1]), !starts(with: "%40", at: start - 1) {
      start -= 1
    }
    while start < index, text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: "-") { start += 1 }
    let host = index + sign.utf8.count
    var end = end(from: host) { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x2E || $0 >= 0x80 }
    while end > host, text[end - 1] == 0x2D || text[end - 1] == 0x2E { end -= 1 }
    guard let pseudonyms, start < index, isHost(host..<end) else { return }
    let user = String(decoding: text[start..<index], as: UTF8.self)
    let name = String(decoding: text[host..<end], as: UTF8.self)
    // The user of a repository's address over SSH is nobody.
    if user == "git" { return }
    if Pseudonyms.isEmail(user, name) {
      barrier = end
      return
    }
    emails += 1
    replace(start..<end, by: pseudonyms.email(user + "@" + name, at: sign))
  }

  /// Whether it can be an address's host rather than a version or a file: `logo@2x.png`.
  private func isHost(_ range: Range<Int>) -> Bool {
    guard let dot = text[range].lastIndex(of: 0x2E), dot > range.lowerBound else { return false }
    let top = String(decoding: text[(dot + 1)..<range.upperBound], as: UTF8.self).lowercased()
    let isFile = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css"].contains(top)
    let isWord = top.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 >= 0x80 }
    return top.count >= 2 && !isFile && isWord
  }

  private func isUserPart(_ byte: UInt8) -> Bool {
    byte.isNamePart || byte >= 0x80 || [0x2E, 0x2B, 0x25, 0x27, 0x21, 0x24, 0x2A, 0x7E, 0x5E].contains(byte)
  }

  // MARK: Replacing

  private mutating func replaceSecret(_ range: Range<Int>) {
    let secret = String(decoding: text[range], as: UTF8.self)
    guard !Pseudonyms.isSecret(secret) else { return }
    secretCount += 1
    replace(range, by: pseudonyms?.secret(secret) ?? ShownValue.sign)
  }

  private mutating func replace(_ range: Range<Int>, by replacement: String) {
    output += text[done..<range.lowerBound]
    output += replacement.utf8
    done = range.upperBound
  }

  private func starts(with prefix: String, at index: Int) -> Bool {
    text[index...].starts(with: prefix.utf8)
  }

  private func end(from start: Int, while isPart: (UInt8) -> Bool) -> Int {
    var end = min(start, text.count)
    while end < text.count, isPart(text[end]) { end += 1 }
    return end
  }
}

extension TextRedactor {
  /// Whether a text is the address of an avatar at a host that has nothing else.
  static func isAvatar(_ text: [UInt8]) -> Bool {
    guard text.starts(with: "http".utf8), text.count < 2048 else { return false }
    let parts = String(decoding: text.prefix(200), as: UTF8.self).split(separator: "/", maxSplits: 2)
    guard parts.count > 1 else { return false }
    return parts[1].hasSuffix("gravatar.com") || parts[1].hasPrefix("avatars.")
      || parts[1].hasPrefix("avatar-management")
  }
}
