import JQ
import RawJSON

/// Which keys the objects have that an expression looks into, counted over many documents.
///
/// Its shape is that of the expression's `ReadTree`: a census for each key and for the elements.
struct KeyCensus {
  /// How many different keys of one object are kept: one whose keys are data has no end of them.
  private static let keyLimit = 500

  private let tree: ReadTree
  private var objects = 0
  private var keys: [String] = []
  private var known: Set<String> = []
  private var members: [String: KeyCensus] = [:]
  /// None or one: of an array's elements, or of all an object's members.
  private var elements: [KeyCensus] = []

  init(_ tree: ReadTree) {
    self.tree = tree
    guard case .part(let keys, let each) = tree else { return }
    members = keys.mapValues(KeyCensus.init)
    elements = each.map { [KeyCensus($0)] } ?? []
  }

  /// Counts what is in the value.
  mutating func count(_ value: JSONView) {
    guard case .part = tree else { return }
    if let members = value.members {
      objects += 1
      for (key, value) in members { count(value, of: key) }
    }
    for element in value.elements ?? [] { countElement(element) }
  }

  private mutating func count(_ value: JSONView, of key: String) {
    if members[key] != nil || known.count < Self.keyLimit, known.insert(key).inserted { keys.append(key) }
    members[key]?.count(value)
    countElement(value)
  }

  private mutating func countElement(_ value: JSONView) {
    if !elements.isEmpty { elements[0].count(value) }
  }

  /// A key that is read and that no object has.
  struct Absence {
    /// The path to the key, as jq writes it.
    let path: String
    /// How many objects it was looked for in.
    let objects: Int
    /// The path of the key of theirs that is most like it, nil where none is near.
    let nearest: String?
    /// All of their keys.
    let keys: [String]
  }

  /// The keys that no object has, in alphabetical order.
  func absences(at path: String = "") -> [Absence] {
    var found = elements.flatMap { $0.absences(at: (path.isEmpty ? "." : path) + "[]") }
    for (key, member) in members.sorted(by: { $0.key < $1.key }) {
      let keyPath = Self.path(path, key)
      if known.contains(key) {
        found += member.absences(at: keyPath)
      } else if objects > 0 {
        let nearest = Spelling.nearest(to: key, in: keys).map { Self.path(path, $0) }
        found.append(Absence(path: keyPath, objects: objects, nearest: nearest, keys: keys))
      }
    }
    return found
  }

  private static func path(_ path: String, _ key: String) -> String {
    let step = JSONPath([.key(key)]).description
    return !path.isEmpty && step.hasPrefix(".[") ? path + step.dropFirst() : path + step
  }
}
