import Portolan
import RawJSON

/// A place in a kind's objects whose values could be identifiers of other objects.
struct Reference {
  /// The keys that lead to the value, or to the list.
  let path: [String]
  /// The keys that lead from a list's element to the value, none for the element itself; nil where there is no list.
  let inner: [String]?
  /// The values as texts, blank ones left out: object by object, an element each for lists.
  let texts: [String]
  /// Each of them once.
  let values: Set<String>
  /// Whether some values are numbers.
  let hasNumbers: Bool
  /// Whether some object, or element of a list, has no value.
  private(set) var hasGaps: Bool
  /// Whether some object has no list; false where there is none.
  private(set) var hasListGaps = false
  /// Whether some values are empty texts.
  let hasBlanks: Bool

  var isMany: Bool { inner != nil }

  /// The lower, the better of two that say the same: short paths, and where a change goes before where it is from.
  var rank: Int {
    path.count * 2 + (path.contains { ["head", "source", "from"].contains($0.lowercased()) } ? 1 : 0)
  }

  /// How deep references are looked for.
  private static let depth = 4

  /// All places of texts or numbers in objects of `shape`.
  ///
  /// `notes` say of which the objects may have none, whatever the samples are.
  static func all(in shape: Shape, _ notes: SchemaNotes) -> [Reference] {
    collect(shape, [], isCertain: true, depth: depth).map { reference in
      var reference = reference
      guard notes[reference.path]?.isOptional ?? false else { return reference }
      if reference.isMany { reference.hasListGaps = true } else { reference.hasGaps = true }
      return reference
    }
  }

  private static func collect(_ shape: Shape, _ path: [String], isCertain: Bool, depth: Int) -> [Reference] {
    shape.members.flatMap { entry -> [Reference] in
      let (key, member) = (entry.key, entry.shape)
      let path = path + [key]
      let isCertain = isCertain && !member.hasGaps
      if member.isScalar { return [Reference(path, nil, member, hasGaps: !isCertain)].compactMap { $0 } }
      if member.kind == .array, let elements = member.elements {
        return list(path, elements, hasGaps: !isCertain)
      }
      guard member.kind == .object, !member.isDictionary, depth > 1 else { return [] }
      return collect(member, path, isCertain: isCertain, depth: depth - 1)
    }
  }

  private static func list(_ path: [String], _ elements: Shape, hasGaps: Bool) -> [Reference] {
    elementReferences(path, elements).map { reference in
      var reference = reference
      reference.hasListGaps = hasGaps
      return reference
    }
  }

  private static func elementReferences(_ path: [String], _ elements: Shape) -> [Reference] {
    if elements.isScalar {
      return [Reference(path, [], elements, hasGaps: elements.hasGaps)].compactMap { $0 }
    }
    guard elements.kind == .object else { return [] }
    return elements.members.flatMap { entry -> [Reference] in
      let (key, member) = (entry.key, entry.shape)
      let hasGaps = elements.hasGaps || member.hasGaps
      if member.isScalar { return [Reference(path, [key], member, hasGaps: hasGaps)].compactMap { $0 } }
      guard member.kind == .object, !member.isDictionary else { return [] }
      return member.members.filter(\.shape.isScalar).compactMap {
        Reference(path, [key, $0.key], $0.shape, hasGaps: hasGaps || $0.shape.hasGaps)
      }
    }
  }

  private init?(_ path: [String], _ inner: [String]?, _ shape: Shape, hasGaps: Bool) {
    guard shape.kinds.isSubset(of: [.string, .number]) else { return nil }
    self.path = path
    self.inner = inner
    texts = shape.texts.filter { !$0.isEmpty }
    values = Set(texts)
    hasNumbers = shape.kinds.contains(.number)
    hasBlanks = shape.texts.contains("")
    self.hasGaps = hasGaps
  }

  // MARK: Names

  /// Keys that name what is around them.
  private static let plainKeys: Set<String> = [
    "id", "key", "name", "slug", "login", "uuid", "uid", "href", "accountid", "number", "iid", "identifier",
    "username",
    "email", "value", "displayname", "nodeid", "fullname", "ref", "code", "self", "url", "title",
  ]
  private static let lastWords: Set<String> = [
    "id", "ids", "key", "keys", "slug", "slugs", "name", "names", "uuid", "uuids", "ref", "refs", "login",
    "logins",
    "number", "numbers",
  ]

  /// Whether the last key names what is around it.
  var endsPlainly: Bool { Self.plainKeys.contains(AnswerList.letters((inner ?? path).last ?? "")) }

  /// The keys that say something: those to the value, without wrappers.
  private var tellingKeys: [String] {
    let keys = path + (inner ?? [])
    return keys.dropLast().filter { !Wrapper.isTransparent($0) } + keys.suffix(1)
  }

  /// The words that say what is referred to: those of `project_id`, `.project.id` and `.project` are "project".
  var words: Words {
    let keys = tellingKeys
    let isPlain = keys.count > 1 && endsPlainly && inner?.isEmpty != true
    let key = isPlain ? keys[keys.count - 2] : keys.last ?? ""
    let words = Words(of: key).all
    let isSuffixed = words.count > 1 && Self.lastWords.contains(words.last ?? "")
    return Words(isSuffixed ? Array(words.dropLast()) : words)
  }

  /// Whether it is the object's own name, key or the like.
  var isOwnName: Bool { !isMany && endsPlainly && tellingKeys.count == 1 }

  /// What nothing else is made of, where this is a relation.
  var covers: [String] {
    guard !isMany, endsPlainly, tellingKeys.count > 1 else { return path }
    let around = path.dropLast().reversed().drop { Wrapper.isTransparent($0) }
    return Array(around.reversed())
  }

  // MARK: Expressions

  /// jq that gives the identifiers.
  func expression(isCleaned: Bool) -> String {
    let reader = JQText.path(path)
    if let inner { return list(reader, inner.isEmpty ? "." : JQText.path(inner), isCleaned) }
    let value = identifier(reader, isCleaned)
    if hasBlanks { return Self.withoutBlanks(reader, value) }
    return hasGaps && value != reader ? "if \(reader) then (\(value)) else null end" : value
  }

  /// jq that gives the identifiers in a list's elements.
  private func list(_ reader: String, _ element: String, _ isCleaned: Bool) -> String {
    let isSafe = !hasGaps && !hasBlanks
    if isSafe, element == ".", identifier(".", isCleaned) == "." { return reader }
    var steps: [String] = []
    if isSafe {
      steps.append(identifier(element, isCleaned))
    } else {
      steps.append(hasBlanks ? "\(element) | select(. != null and . != \"\")" : "\(element) // empty")
      let value = identifier(".", isCleaned)
      if value != "." { steps.append(value) }
    }
    let converted = steps.map { $0.hasPrefix(". | ") ? String($0.dropFirst(4)) : $0 }.joined(separator: " | ")
    return (hasListGaps ? "(\(reader) // [])" : reader) + " | map(\(converted))"
  }

  private func identifier(_ reader: String, _ isCleaned: Bool) -> String {
    if isCleaned { return Identifiers.cleaning(reader, isString: !hasNumbers) }
    guard hasNumbers else { return reader }
    return reader == "." ? "tostring" : reader + " | tostring"
  }

  private static func withoutBlanks(_ reader: String, _ value: String) -> String {
    "if (\(reader) // \"\") == \"\" then null else \(value == reader ? value : "(\(value))") end"
  }
}
