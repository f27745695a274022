import JQ

extension ReadTree {
  /// `value` cut to what the tree reads, by the four rules that the tree's documentation gives.
  func cut(_ value: JSONTree) -> JSONTree {
    guard case .part(let keys, let each) = self else { return value }
    switch value {
    case .object(let members):
      return .object(
        members.compactMap { member in
          guard let tree = Self.union(keys[member.key], each) else { return nil }
          return JSONTree.Member(key: member.key, value: tree.cut(member.value))
        })
    case .array(let elements):
      return .array(each.map { each in elements.map(each.cut) } ?? [])
    default: return value
    }
  }

  private static func union(_ first: ReadTree?, _ second: ReadTree?) -> ReadTree? {
    guard let first, let second else { return first ?? second }
    return first.union(second)
  }
}
