import RawJSON

/// Finds keys by which the objects of a kind can be told apart.
struct Identifiers {
  /// How long an identifier is at most, in bytes.
  private static let longest = 200
  /// How many digits a number has at most that every jq writes as it is.
  private static let mostDigits = 15

  /// A key that could be the identifier.
  struct Candidate {
    var plan: IdentifierPlan
    /// How much speaks for it.
    var score: Int
    /// What the key holds, object by object, before anything is made of it.
    var texts: [String]
  }

  private let samples: KindSamples
  private let shape: Shape
  private let kindWords: [String]

  init(_ samples: KindSamples, _ shape: Shape) {
    self.samples = samples
    self.shape = shape
    kindWords = Words(of: samples.name).all
  }

  /// The keys that are unique and in every object, the best first; at least one.
  func candidates() -> [Candidate] {
    let single = scalarPaths().compactMap { candidate($0) }
    let good = single.filter { $0.score >= 25 }.sorted { $0.score > $1.score }
    if !good.isEmpty { return good }
    if let pair = pair() { return [pair] }
    if let best = single.max(by: { $0.score < $1.score }) { return [best] }
    return [whole]
  }

  private func scalarPaths() -> [[String]] {
    shape.members.flatMap { entry -> [[String]] in
      let (key, member) = (entry.key, entry.shape)
      if member.isScalar { return [[key]] }
      guard member.kind == .object, !member.isDictionary, !member.hasGaps else { return [] }
      return member.members.filter(\.shape.isScalar).map { [key, $0.key] }
    }
  }

  private func candidate(_ path: [String]) -> Candidate? {
    guard let shape = shape.at(path), let texts = usable(shape), Set(texts).count == texts.count else {
      return nil
    }
    let score = score(path, shape)
    if texts.allSatisfy(Self.isValid) {
      let reader = JQText.path(path)
      let expression = shape.kind == .string ? reader : reader + " | tostring"
      return Candidate(
        plan: IdentifierPlan(
          path: path, expression: expression,
          comment: shape.kind == .string ? nil : "An identifier is a string; these are numbers."),
        score: score, texts: texts)
    }
    let cleaned = texts.map(Self.cleaned)
    guard Set(cleaned).count == cleaned.count, cleaned.allSatisfy({ $0.contains { $0 != "-" } }) else {
      return nil
    }
    return Candidate(
      plan: IdentifierPlan(
        path: path, expression: Self.cleaning(JQText.path(path), isString: shape.kind == .string),
        isCleaned: true,
        comment:
          "An identifier has letters, digits and @ _ . + : / = - only: everything else becomes a hyphen."),
      score: score - 40, texts: texts)
  }

  /// The texts of every object; nil where one has none that could identify it.
  private func usable(_ shape: Shape) -> [String]? {
    guard shape.kinds.isSubset(of: [.string, .number]) else { return nil }
    // Where every object has a value, they are in the order of the objects.
    guard shape.filled == samples.objects.count else { return nil }
    let texts = shape.values.compactMap { value in
      value.text ?? value.number.flatMap { Self.isPlainInteger($0) ? $0 : nil }
    }
    return texts.count == samples.objects.count
      && texts.allSatisfy { !$0.isEmpty && $0.utf8.count <= Self.longest } ? texts : nil
  }

  private static func isPlainInteger(_ digits: String) -> Bool {
    let digits = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
    return digits.count <= mostDigits && digits.allSatisfy(\.isNumber) && !(digits == "0" && digits.count > 1)
  }

  /// How well the key's name and values suit.
  private func score(_ path: [String], _ shape: Shape) -> Int {
    guard let key = path.last else { return 0 }
    let words = Words(of: key).all
    let name = words.joined()
    var score: Int
    switch name {
    case "key": score = 100
    case "id": score = 95
    case "slug", "identifier": score = 90
    case "uid", "uuid", "guid", "arn": score = 85
    case kindWords.joined() + "id", kindWords.joined() + "key", "accountid": score = 88
    case "login", "username", "fullname", "pathwithnamespace", "handle": score = 72
    case "name": score = 70
    case "email", "emailaddress": score = 45
    case "number", "iid", "code", "ref", "sha": score = 40
    default: score = words.last == "key" || words.last == "id" ? 30 : shape.kind == .string ? 10 : 3
    }
    if TextFormat(of: shape.texts, name: Words(of: key)) != nil, name != "email" { score = min(score, 12) }
    if path.count > 1 { score -= Wrapper.isTransparent(path[0]) ? 5 : path[0] == "metadata" ? 5 : 55 }
    return score
  }

  /// Two keys that together are unique.
  private func pair() -> Candidate? {
    let paths = scalarPaths().compactMap { path -> (path: [String], texts: [String], score: Int)? in
      guard let shape = shape.at(path), let texts = usable(shape), texts.allSatisfy(Self.isValid) else {
        return nil
      }
      return (path, texts, score(path, shape))
    }.sorted { $0.score > $1.score }.prefix(12)
    for second in paths where second.score >= 25 {
      for first in paths where first.path != second.path {
        let texts = zip(first.texts, second.texts).map { $0 + "-" + $1 }
        guard Set(texts).count == texts.count else { continue }
        let parts = [first.path, second.path].map { "(\(JQText.path($0)) | tostring)" }
        return Candidate(
          plan: IdentifierPlan(
            path: [], expression: "\(parts[0]) + \"-\" + \(parts[1])",
            comment: "No key of these objects is unique; these two together are."),
          score: 0, texts: texts)
      }
    }
    return nil
  }

  /// All of the object.
  private var whole: Candidate {
    Candidate(
      plan: IdentifierPlan(
        path: [],
        // A catalog takes no more than a thousand characters.
        expression: "tojson | @base64 | .[0:500] + .[-500:]",
        comment: "No key of these objects is unique, nor are two: all that an object says stands for its "
          + "identifier until you know better."),
      score: 0, texts: [])
  }

  // MARK: Characters

  static func isValid(_ text: String) -> Bool { text.utf8.allSatisfy(isValid) }

  private static func isValid(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "@_.+:/=-".utf8.contains(byte)
    }
  }

  /// `text` with a hyphen for each character that no identifier has.
  static func cleaned(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.isASCII && isValid(UInt8($0.value)) ? $0 : "-" }))
  }

  /// jq that does the same to what `reader` gives.
  static func cleaning(_ reader: String, isString: Bool) -> String {
    reader + (isString ? "" : " | tostring") + #" | gsub("[^A-Za-z0-9@_.+:/=-]"; "-")"#
  }
}

/// Objects around others that say nothing themselves: `.fields.summary`, `.attributes.name`.
enum Wrapper {
  private static let names: Set<String> = [
    "fields", "attributes", "properties", "spec", "data", "node", "details", "info", "content", "resource",
    "object",
  ]

  /// Whether what is in an object of that name is named without it.
  static func isTransparent(_ key: String) -> Bool { names.contains(key.lowercased()) }
}
