/// What identifiers may look like: the catalog's rules, which are Port's.
package enum IdentifierRule {
  /// How many characters an entity's identifier has at most.
  package static let maximumLength = 1000
  /// How many characters a blueprint's identifier has at most.
  package static let maximumBlueprintLength = 100

  private static let signs: Set<Unicode.Scalar> = ["@", "_", ".", "+", ":", "\\", "/", "-"]

  /// What is wrong with an entity's identifier, as the rest of a sentence; nil where nothing is.
  package static func problem(_ identifier: String) -> String? {
    problem(identifier, maximum: maximumLength, signs: signs.union(["="]))
  }

  /// What is wrong with a blueprint's identifier, as the rest of a sentence; nil where nothing is.
  package static func blueprintProblem(_ identifier: String) -> String? {
    problem(identifier, maximum: maximumBlueprintLength, signs: signs)
  }

  private static func problem(_ identifier: String, maximum: Int, signs: Set<Unicode.Scalar>) -> String? {
    let scalars = identifier.unicodeScalars
    if scalars.isEmpty { return "is empty" }
    if scalars.count > maximum {
      return "has \(scalars.count.grouped) characters; at most \(maximum.grouped) are allowed"
    }
    if identifier == "." || identifier == ".." { return "is `\(identifier)`, which stands for a folder" }
    guard let wrong = scalars.first(where: { !isAllowed($0, signs) }) else { return nil }
    let list = "@ _ . + : \\ / \(signs.contains("=") ? "= " : "")-"
    return "has \(name(of: wrong)) in it; allowed are letters, digits and \(list)"
  }

  private static func isAllowed(_ scalar: Unicode.Scalar, _ signs: Set<Unicode.Scalar>) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || signs.contains(scalar)
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    default: return false
    }
  }

  private static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case " ": "a blank"
    case "!"..."~": "`\(scalar)`"
    default: "U+" + String(repeating: "0", count: max(0, 4 - hex(scalar).count)) + hex(scalar)
    }
  }

  private static func hex(_ scalar: Unicode.Scalar) -> String {
    String(scalar.value, radix: 16, uppercase: true)
  }
}

extension Diagnostic.Rule {
  /// An identifier that no catalog takes: no text, or a text with characters that identifiers may not have.
  public static let invalidIdentifier = Self("invalid-identifier")
}
