import RawJSON

/// Goes through the fields of two entities.
struct EntityWalk {
  /// How two values of a field are compared.
  private enum Meaning {
    case value
    case set
  }

  /// A field's place in an entity.
  private struct Place {
    var group: String
    var name: String?

    var steps: [JSONPathStep] { [.key(group)] + (name.map { [.key($0)] } ?? []) }
    var text: String { name.map { "\(group).\($0)" } ?? group }
  }

  let merges: Bool
  /// The paths of what is not compared.
  let ignored: [[JSONPathStep]]
  private(set) var changes: [(field: String, before: String?, after: String?)] = []

  init(merges: Bool, ignored: [[JSONPathStep]]) {
    self.merges = merges
    self.ignored = ignored
  }

  mutating func compare(_ stored: JSONView, _ desired: JSONView) {
    for field in ["title", "icon"] { compare(Place(group: field), stored[field], desired[field], as: .value) }
    compare(Place(group: "team"), stored["team"], desired["team"], as: .set)
    compareGroup("properties", stored["properties"], desired["properties"], as: .value)
    compareGroup("relations", stored["relations"], desired["relations"], as: .set)
  }

  private mutating func compareGroup(
    _ group: String, _ stored: JSONView?, _ desired: JSONView?, as meaning: Meaning
  ) {
    if let desired, desired.kind != .object, desired.kind != .null {
      return compare(Place(group: group), stored, desired, as: .value)
    }
    var before = MemberLookup(stored?.members ?? [])
    let after = desired?.members ?? []
    for (place, (name, value)) in after.enumerated() {
      compare(Place(group: group, name: name), before.value(of: name, near: place), value, as: meaning)
    }
    guard !merges else { return }
    var named = MemberLookup(after)
    for (place, (name, value)) in before.members.enumerated()
    where named.value(of: name, near: place) == nil {
      compare(Place(group: group, name: name), value, nil, as: meaning)
    }
  }

  private mutating func compare(
    _ place: Place, _ stored: JSONView?, _ desired: JSONView?, as meaning: Meaning
  ) {
    if desired == nil, merges { return }
    if meaning == .set, desired?.isSearchQuery ?? false { return }
    let before = stored?.kind == .null ? nil : stored
    let after = desired?.kind == .null ? nil : desired
    guard before != nil || after != nil, let inside = ignoredParts(of: place) else { return }
    let isSame =
      switch meaning {
      case .value: Self.areEqual(before, after, inside)
      case .set: Self.areEqualSets(before, after)
      }
    if !isSame { changes.append((place.text, stored?.json, desired?.json)) }
  }

  /// What is not compared of a field's value; nil where the whole field is not compared.
  private func ignoredParts(of place: Place) -> [ArraySlice<JSONPathStep>]? {
    if ignored.isEmpty { return [] }
    let steps = place.steps
    if ignored.contains(where: { steps.starts(with: $0) }) { return nil }
    return ignored.filter { $0.starts(with: steps) }.map { $0.dropFirst(steps.count) }
  }

  private static func areEqual(
    _ before: JSONView?, _ after: JSONView?, _ ignored: [ArraySlice<JSONPathStep>]
  ) -> Bool {
    guard let before, let after else { return false }
    return JSONEquality.areEqual(before, after, numbers: .decimals, ignoring: ignored)
  }

  private static func areEqualSets(_ before: JSONView?, _ after: JSONView?) -> Bool {
    if let before, let after, JSONEquality.areEqual(before, after, numbers: .decimals) { return true }
    let (first, second) = (SetParts(before), SetParts(after))
    return first.texts == second.texts && first.others.count == second.others.count
      && zip(first.others, second.others).allSatisfy {
        JSONEquality.areEqual($0, $1, numbers: .decimals)
      }
  }
}

/// What a set has: a text is the set of itself, and nothing is the empty set. What is no text has its place among its
/// like, since catalogs refuse it anyway.
private struct SetParts {
  var texts: Set<[UInt8]> = []
  var others: [JSONView] = []

  init(_ value: JSONView?) {
    guard let value else { return }
    for element in value.elements ?? [value] {
      if let text = element.text { texts.insert(Array(text.utf8)) } else { others.append(element) }
    }
  }
}

/// An object's members, found by their keys.
private struct MemberLookup {
  /// Up to how many members looking through all of them is quicker than a table.
  private static let fewMembers = 16

  let members: [(key: String, value: JSONView)]
  private var places: [[UInt8]: Int]?

  init(_ members: [(key: String, value: JSONView)]) {
    self.members = members
  }

  /// The value of `key`, which most often is in the same place as in the other object.
  mutating func value(of key: String, near place: Int) -> JSONView? {
    if place < members.count, Self.isSame(members[place].key, key) { return members[place].value }
    if members.count <= Self.fewMembers { return members.first { Self.isSame($0.key, key) }?.value }
    let table =
      places ?? Dictionary(members.enumerated().map { (Array($1.key.utf8), $0) }) { _, last in last }
    places = table
    return table[Array(key.utf8)].map { members[$0].value }
  }

  private static func isSame(_ first: String, _ second: String) -> Bool {
    first.utf8.elementsEqual(second.utf8)
  }
}
