import RawJSON

/// What of its input an expression reads: the parts of a JSON value that can affect any of the expression's
/// outputs or errors, its error messages included.
///
/// It may name more than is needed, never less. The value *cut* to a tree gives the expression's outputs and
/// errors, in their order, just as the whole value does. Cutting means:
///
/// 1. `.all` keeps the value as it is.
/// 2. A string, number, boolean or null is always kept as it is, whatever the tree says.
/// 3. An object stays an object. It keeps the members that `keys` names, each cut to its own tree; a member
///    that is not there stays away. Where `each` is set it keeps every member: one that `keys` does not name
///    is cut to `each`, one that it names is cut to the union of both. Members keep their order.
/// 4. An array stays an array. Where `each` is set it keeps every element in its place, each cut to `each`;
///    where it is not, the array becomes `[]`. `keys` do not concern it.
///
/// So `.part(keys: [:], each: nil)`, ``kind``, tells a value's type, and whether it is truthy, but neither
/// its length nor its keys. The indices and slices of an array are `each`: `.a[0].b`, `.a[-1].b` and
/// `.a[].b` read the same.
///
/// Where an object names a member twice, libjq takes the last value, in the first one's place. A cut keeps all
/// of them where they are, each cut alike, or does as libjq does.
package indirect enum ReadTree: Sendable, Hashable {
  /// The whole value.
  case all

  /// The value's type, the members in `keys`, and, where `each` is set, every element or member.
  case part(keys: [String: ReadTree], each: ReadTree?)

  /// The value's type alone.
  package static let kind = ReadTree.part(keys: [:], each: nil)

  /// What both read together.
  package func union(_ other: ReadTree) -> ReadTree {
    guard case .part(let keys, let each) = self, case .part(let otherKeys, let otherEach) = other else {
      return .all
    }
    let merged = keys.merging(otherKeys) { $0.union($1) }
    return .part(keys: merged, each: each.map { mine in otherEach.map(mine.union) ?? mine } ?? otherEach)
  }

  /// The tree that reads `leaf` of the value that `steps` lead to.
  init(_ steps: ArraySlice<ReadPath.Step>, leaf: ReadTree) {
    guard let step = steps.first else {
      self = leaf
      return
    }
    let below = ReadTree(steps.dropFirst(), leaf: leaf)
    switch step {
    case .key(let key): self = .part(keys: [key: below], each: nil)
    case .each: self = .part(keys: [:], each: below)
    }
  }
}

extension ReadTree {
  /// The paths that are read, as jq writes them, in alphabetical order: `.fields.subtasks[].key`; `.` for
  /// the whole value.
  ///
  /// A path stands for all that is below it. One that leads to a value whose type alone is read is among
  /// them; the type of the value itself, which is always read, is not.
  package var paths: [String] {
    leaves(after: "").map(\.path)
  }

  private func leaves(after path: String) -> [(path: String, isWhole: Bool)] {
    guard case .part(let keys, let each) = self else { return [(path.isEmpty ? "." : path, true)] }
    if keys.isEmpty, each == nil { return path.isEmpty ? [] : [(path, false)] }
    let elements = each?.leaves(after: (path.isEmpty ? "." : path) + "[]") ?? []
    return keys.sorted { $0.key < $1.key }.reduce(into: elements) { leaves, member in
      leaves += member.value.leaves(after: path + Self.step(member.key, after: path))
    }
  }

  private static func step(_ key: String, after path: String) -> String {
    let step = JSONPath([.key(key)]).description
    return !path.isEmpty && step.hasPrefix(".[") ? String(step.dropFirst()) : step
  }
}

extension ReadTree: CustomStringConvertible {
  /// The paths separated by commas, those of which only the type is read with `|type` after them; `nothing`
  /// where the input does not matter.
  package var description: String {
    let leaves = leaves(after: "").map { $0.isWhole ? $0.path : $0.path + "|type" }
    return leaves.isEmpty ? "nothing" : leaves.joined(separator: ", ")
  }
}
