/// Why a text is not one YAML document that can be used, and where.
package struct YAMLError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Reason: Sendable, Equatable {
    /// The text is empty, or holds only comments.
    case emptyDocument
    /// The text is UTF-16 or UTF-32.
    case unsupportedEncoding
    /// A byte that UTF-8 does not allow there.
    case invalidUTF8
    /// A NUL or another control character.
    case binaryData
    /// A tab is where indentation should be.
    case tabIndentation
    /// libyaml's scanner or parser refused the text; the text is its own message.
    case syntax(original: String)
    /// A key is twice in a mapping; the first is at the position given.
    case duplicateKey(String, first: YAMLPosition)
    /// A key is a list or a mapping.
    case nonScalarKey
    /// A merge key's value is neither a mapping nor a list of mappings.
    case invalidMerge
    /// An alias of an anchor that the text before it does not have.
    case undefinedAlias(String)
    /// An alias is inside the value that it is an alias of.
    case aliasCycle(String)
    /// The aliases repeat more nodes than the limit.
    case aliasExplosion(limit: Int)
    /// An anchor is there twice; the first is at the position given.
    case duplicateAnchor(String, first: YAMLPosition)
    /// Lists and mappings are nested deeper than the limit.
    case nestingTooDeep(limit: Int)
    /// A second document starts.
    case multipleDocuments
    /// A tag that the value cannot have; PyYAML's safe loader knows no such tag either.
    case unknownTag(String)
    /// A scalar is not what its tag (`!!int`, `!!float`, `!!bool`) says.
    case tagMismatch(String)
    /// libyaml had no memory left.
    case outOfMemory
  }

  /// What is wrong.
  package var reason: Reason
  /// Where.
  package var position: YAMLPosition
  /// What is wrong, as a sentence.
  package var message: String
  /// What to do about it.
  package var help: String?

  /// Makes an error.
  package init(reason: Reason, position: YAMLPosition, message: String, help: String? = nil) {
    self.reason = reason
    self.position = position
    self.message = message
    self.help = help
  }

  /// `line:column: message; help`, and libyaml's own message where it refused the text.
  package var description: String {
    var text = "\(position): \(message)"
    if let help { text += "; \(help)" }
    if case .syntax(let original) = reason { text += " (libyaml: \(original))" }
    return text
  }
}
