import RawJSON

/// What values there are at a place, over all objects of a kind.
struct Shape {
  /// How deep objects are looked into.
  private static let deepest = 6

  /// The values, null among them, in the order of the objects that have any.
  let values: [JSONView]
  /// How many values there could be: one for each object around them.
  let places: Int
  /// The types that there are, null apart.
  let kinds: Set<JSONKind>
  /// What the members of those that are objects are like, in the order in which they are first seen.
  let members: [Member]
  /// What the elements of those that are arrays are like; none where there is no element.
  private let elementShape: [Shape]

  /// A key of objects, and what it holds.
  struct Member {
    let key: String
    let shape: Shape
  }

  /// What `values` are like, each from one of `places` objects.
  init(_ values: [JSONView], places: Int) {
    self.init(values, places: places, depth: Self.deepest)
  }

  private init(_ values: [JSONView], places: Int, depth: Int) {
    self.values = values
    self.places = places
    kinds = Set(values.map(\.kind)).subtracting([.null])
    guard depth > 0 else {
      members = []
      elementShape = []
      return
    }
    let objects = values.filter { $0.kind == .object }
    members = Self.grouped(objects).map { key, values in
      Member(key: key, shape: Shape(values, places: objects.count, depth: depth - 1))
    }
    let elements = values.flatMap { $0.elements ?? [] }
    elementShape = elements.isEmpty ? [] : [Shape(elements, places: elements.count, depth: depth - 1)]
  }

  private static func grouped(_ objects: [JSONView]) -> [(String, [JSONView])] {
    var groups: [(String, [JSONView])] = []
    var places: [String: Int] = [:]
    for object in objects {
      for (key, value) in object.members ?? [] {
        if let place = places[key] {
          groups[place].1.append(value)
        } else {
          places[key] = groups.count
          groups.append((key, [value]))
        }
      }
    }
    return groups
  }

  /// What the elements are like; nil where there are none.
  var elements: Shape? { elementShape.first }

  /// The member of that name.
  func member(_ key: String) -> Shape? { members.first { $0.key == key }?.shape }

  /// What is at the end of `path`.
  func at(_ path: [String]) -> Shape? { path.reduce(self) { $0?.member($1) } }

  /// The one type that all values have, null apart; nil where there are several or none.
  var kind: JSONKind? { kinds.count == 1 ? kinds.first : nil }

  /// How many values are neither missing nor null.
  var filled: Int { values.count { $0.kind != .null } }

  /// Whether some value is missing or null.
  var hasGaps: Bool { filled < places }

  /// The texts of strings and the digits of numbers.
  var texts: [String] { values.compactMap { $0.text ?? $0.number } }

  /// Whether there are strings, numbers and booleans only.
  var isScalar: Bool { !kinds.isEmpty && kinds.isDisjoint(with: [.array, .object]) }

  /// Whether the members' names are data: the objects have many different ones, or names that are no words.
  var isDictionary: Bool {
    guard kinds.contains(.object), !members.isEmpty else { return false }
    let odd = members.count { !isWord($0.key) }
    if odd * 2 > members.count { return true }
    let present = members.map(\.shape.values.count).reduce(0, +)
    return members.count > 6 && present * 2 < members.count * max(1, members[0].shape.places)
  }

  private func isWord(_ key: String) -> Bool {
    key.first.map { $0.isASCII && ($0.isLetter || $0 == "_" || $0 == "$" || $0 == "@") } ?? false
      && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-$@".contains($0)) }
  }
}

extension JSONView {
  /// The value at the end of `path`; nil where there is none.
  func at(_ path: [String]) -> JSONView? { path.reduce(self) { $0?[$1] } }
}
