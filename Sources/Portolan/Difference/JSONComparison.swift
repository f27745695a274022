import RawJSON

/// Compares JSON values by their meaning: members in any order, numbers as doubles, strings as texts.
///
/// Numbers are doubles because libjq 1.6 keeps no more of them; so a snapshot holds with every version.
struct JSONComparison {
  let old: JSONScanner
  let new: JSONScanner

  /// Whether the valid values in the two ranges mean the same.
  func areEqual(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    var found: [ValueDifference] = []
    compare(first, second, "", into: &found)
    return found.isEmpty
  }

  /// Appends what differs between the valid values in the two ranges, which stand at `path`.
  func compare(
    _ first: Range<Int>, _ second: Range<Int>, _ path: String, into found: inout [ValueDifference]
  ) {
    let kind = old.kind(first)
    guard kind == new.kind(second) else { return add(first, second, path, to: &found) }
    switch kind {
    case .object: compareObjects(first, second, path, into: &found)
    case .array: compareArrays(first, second, path, into: &found)
    case .string:
      // Swift takes texts for equal that are written with other scalars; JSON does not.
      if !old.text(first).utf8.elementsEqual(new.text(second).utf8) { add(first, second, path, to: &found) }
    case .number:
      if !areEqualNumbers(first, second) { add(first, second, path, to: &found) }
    case .boolean, .null:
      if old.firstByte(first) != new.firstByte(second) { add(first, second, path, to: &found) }
    }
  }

  private func compareObjects(
    _ first: Range<Int>, _ second: Range<Int>, _ path: String, into found: inout [ValueDifference]
  ) {
    let after = new.lastMembers(second.lowerBound).map { (name: new.text($0.key), value: $0.value) }
    let places = Dictionary(after.map { (Array($0.name.utf8), $0.value) }) { _, last in last }
    var before: Set<[UInt8]> = []
    for member in old.lastMembers(first.lowerBound) {
      let name = old.text(member.key)
      before.insert(Array(name.utf8))
      if let value = places[Array(name.utf8)] {
        compare(member.value, value, Self.path(path, name), into: &found)
      } else {
        add(member.value, nil, Self.path(path, name), to: &found)
      }
    }
    for member in after where !before.contains(Array(member.name.utf8)) {
      add(nil, member.value, Self.path(path, member.name), to: &found)
    }
  }

  /// Element by element where there are as many; otherwise the arrays as a whole, since an element that
  /// was put in would make all that follow it differ.
  private func compareArrays(
    _ first: Range<Int>, _ second: Range<Int>, _ path: String, into found: inout [ValueDifference]
  ) {
    let before = old.elements(first)
    let after = new.elements(second)
    guard before.count == after.count else { return add(first, second, path, to: &found) }
    for (place, (first, second)) in zip(before, after).enumerated() {
      compare(first, second, "\(path)[\(place)]", into: &found)
    }
  }

  private func areEqualNumbers(_ first: Range<Int>, _ second: Range<Int>) -> Bool {
    let (before, after) = (old.json(first), new.json(second))
    return before == after || Double(before) == Double(after)
  }

  private func add(
    _ first: Range<Int>?, _ second: Range<Int>?, _ path: String, to found: inout [ValueDifference]
  ) {
    found.append(ValueDifference(path: path, old: first.map(old.json), new: second.map(new.json)))
  }

  private static func path(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }
}

extension JSONScanner {
  /// The elements of the valid array in `range`.
  func elements(_ range: Range<Int>) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    forEachElement(range.lowerBound) { elements.append($0) }
    return elements
  }

  /// The valid value in `range` as compact JSON.
  func json(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    copy(range, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
