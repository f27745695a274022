import RawJSON

/// Takes out of raw objects what tells of people and what opens doors, so that they can be kept as fixtures.
///
/// E-mail addresses, names of people, tokens and other secrets, and addresses of avatars are replaced; all other bytes
/// stay as they are, key names, ids and the digits of numbers among them. The same text is replaced by the same one in
/// every run, so that relations still match and a repeated fetch changes little.
///
/// ```swift
/// var redaction = Redaction(secrets: ["hunter2-hunter2"])
/// let object = Array(#"{"id": 1, "author": {"name": "Jane Doe", "email": "jane@acme.io"}}"#.utf8)
/// let redacted = try redaction.redact(object)
/// print(String(decoding: redacted, as: UTF8.self), redaction.counts.emails)
/// ```
///
/// These are pseudonyms, not anonymity: whoever knows an address can find out whether it is the one, and free text
/// may tell of people in words. Key names, and secrets of a shape that nobody knows, are not touched. A name is replaced
/// where it stands in an object that looks like a person's, and then wherever it is a whole value; call
/// ``learn(from:)`` with all objects first where one may come before the person it names.
public struct Redaction: Sendable {
  /// How much was replaced, by sort.
  public struct Counts: Sendable, Hashable {
    /// E-mail addresses.
    public var emails = 0
    /// Tokens, passwords and other secrets.
    public var secrets = 0
    /// Names of people.
    public var names = 0
    /// Addresses of avatars.
    public var avatars = 0

    /// Creates counts of nothing.
    public init() {}
  }

  /// How much has been replaced so far.
  public private(set) var counts = Counts()

  private let pseudonyms: Pseudonyms
  private let secrets: SecretTexts
  private var keys = RedactionKeys()
  /// The names of people that have been seen.
  private var names: Set<String> = []

  /// Creates a redaction that has seen nothing.
  ///
  /// - Parameters:
  ///   - secrets: texts that must not be left anywhere. One of less than four bytes is only looked for as a whole
  ///     value: it is part of too much.
  ///   - key: what the pseudonyms depend on besides the text. With another key, all of them are others.
  public init(secrets: [String] = [], key: String = "portolan") {
    self.secrets = SecretTexts(secrets)
    pseudonyms = Pseudonyms(key: key)
  }

  /// Remembers the names of the people in a JSON value, and replaces nothing.
  ///
  /// - Throws: ``JSONError`` for bytes that are not one JSON value.
  public mutating func learn(from json: [UInt8]) throws(JSONError) {
    _ = try strings(of: json)
  }

  /// The JSON value with what is to be replaced replaced: as many keys, elements and values of the same types.
  ///
  /// - Throws: ``JSONError`` for bytes that are not one JSON value.
  public mutating func redact(_ json: [UInt8]) throws(JSONError) -> [UInt8] {
    let strings = try strings(of: json)
    var output: [UInt8] = []
    output.reserveCapacity(json.count)
    var copied = 0
    for string in strings {
      guard let replacement = replacement(of: string, in: json) else { continue }
      output.append(contentsOf: json[copied..<string.range.lowerBound])
      JSONText.encode(replacement, into: &output)
      copied = string.range.upperBound
    }
    output.append(contentsOf: json[copied...])
    return output
  }

  /// The strings that are values, and what each of them is; the names among them are remembered.
  private mutating func strings(of json: [UInt8]) throws(JSONError) -> [RedactionString] {
    let (found, keys) = try json.withScanner {
      (scanner) throws(JSONError) in
      let range = try scanner.checkDocument()
      var walk = RedactionWalk(scanner, self.keys)
      _ = walk.value(range.lowerBound, .text)
      return (walk.strings, walk.keys)
    }
    self.keys = keys
    for string in found where string.role == .name {
      let name = string.text(in: json)
      if pseudonyms.canBeName(name) { names.insert(name) }
    }
    return found
  }
}

// MARK: Strings

extension Redaction {
  /// What a string is replaced by; nil where it stays.
  private mutating func replacement(of string: RedactionString, in json: [UInt8]) -> String? {
    guard string.range.count > 2 else { return nil }
    switch string.role {
    case .secret:
      let text = string.text(in: json)
      guard !Pseudonyms.isSecret(text) else { return nil }
      counts.secrets += 1
      return pseudonyms.secret(text)
    case .avatar:
      let text = string.text(in: json)
      if text.hasPrefix("http") || text.hasPrefix("/") || text.hasPrefix("data:") { return avatar(text) }
      return redactedText(string, in: json)
    case .name, .person, .text:
      return redactedText(string, in: json) ?? name(string, in: json)
    }
  }

  private mutating func avatar(_ text: String) -> String? {
    guard text != Pseudonyms.avatar else { return nil }
    counts.avatars += 1
    return Pseudonyms.avatar
  }

  /// A name's pseudonym; nil for what is none. A single word is a name only where a person is expected: there are
  /// branches and states that are called like somebody.
  private mutating func name(_ string: RedactionString, in json: [UInt8]) -> String? {
    guard string.range.count <= 256, string.role != .text || !names.isEmpty else { return nil }
    if string.role == .text, !json[string.range].contains(UInt8(ascii: " ")) { return nil }
    let text = string.text(in: json)
    // A mention in rich text is a value of its own: `@Jane Doe`.
    let isMention = text.hasPrefix("@")
    let name = isMention ? String(text.dropFirst()) : text
    guard names.contains(name) else { return nil }
    counts.names += 1
    return (isMention ? "@" : "") + pseudonyms.name(name)
  }

  /// The text with the addresses and secrets in it replaced; nil where there are none.
  private mutating func redactedText(_ string: RedactionString, in json: [UInt8]) -> String? {
    let body = string.range.lowerBound + 1..<string.range.upperBound - 1
    let isLiteral = !json[body].contains(UInt8(ascii: "\\"))
    let text = isLiteral ? Array(json[body]) : Array(string.text(in: json).utf8)
    if TextRedactor.isAvatar(text) { return avatar(String(decoding: text, as: UTF8.self)) }
    var redactor = TextRedactor(text, secrets, pseudonyms)
    guard let redacted = redactor.redacted() else { return nil }
    counts.emails += redactor.emails
    counts.secrets += redactor.secretCount
    return String(decoding: redacted, as: UTF8.self)
  }
}
