import RawJSON

/// Compares JSON values by their meaning: members in any order, numbers as doubles, strings as texts.
///
/// Numbers are doubles because libjq 1.6 keeps no more of them; so a snapshot holds with every version.
package struct JSONComparison {
  private var found: [ValueDifference] = []

  /// Whether both values mean the same.
  package static func areEqual(_ first: JSONView, _ second: JSONView) -> Bool {
    JSONEquality.areEqual(first, second, numbers: .doubles)
  }

  /// What differs between the two values, by the paths from them.
  static func differences(_ old: JSONView, _ new: JSONView) -> [ValueDifference] {
    var comparison = JSONComparison()
    comparison.compare(old, new, "")
    return comparison.found
  }

  private mutating func compare(_ old: JSONView, _ new: JSONView, _ path: String) {
    guard old.kind == new.kind else { return add(old, new, path) }
    switch old.kind {
    case .object: compareMembers(old.members ?? [], new.members ?? [], path)
    case .array: compareElements(old, new, path)
    case .string, .number, .boolean, .null:
      if !Self.areEqual(old, new) { add(old, new, path) }
    }
  }

  private mutating func compareMembers(
    _ old: [(key: String, value: JSONView)], _ new: [(key: String, value: JSONView)], _ path: String
  ) {
    let after = Dictionary(new.map { (Array($0.key.utf8), $0.value) }) { _, last in last }
    var before: Set<[UInt8]> = []
    for (key, value) in old {
      before.insert(Array(key.utf8))
      if let other = after[Array(key.utf8)] {
        compare(value, other, Self.path(path, key))
      } else {
        add(value, nil, Self.path(path, key))
      }
    }
    for (key, value) in new where !before.contains(Array(key.utf8)) {
      add(nil, value, Self.path(path, key))
    }
  }

  /// Element by element if there are as many; otherwise the arrays as a whole, since an element that was put
  /// in would make all that follow it differ.
  private mutating func compareElements(_ old: JSONView, _ new: JSONView, _ path: String) {
    let before = old.elements ?? []
    let after = new.elements ?? []
    guard before.count == after.count else { return add(old, new, path) }
    for (place, (first, second)) in zip(before, after).enumerated() {
      compare(first, second, "\(path)[\(place)]")
    }
  }

  private mutating func add(_ old: JSONView?, _ new: JSONView?, _ path: String) {
    found.append(ValueDifference(path: path, old: old?.json, new: new?.json))
  }

  private static func path(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }
}
