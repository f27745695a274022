import TestSupport

/// Makes inputs that differ from those a mapping was written for.
struct JSONMutator {
  var random: SeededRandom
  /// Names and texts that mean something to the expression under test.
  var words: [String]

  /// `value` with one to three changes, or now and then something of the words alone.
  mutating func mutation(of value: JSONTree) -> JSONTree {
    if chance(4) { return container(depth: 4) }
    return (0..<Int.random(in: 1...3, using: &random)).reduce(value) { tree, _ in
      var place = Int.random(in: 0..<tree.count, using: &random)
      // Changes of the whole document leave little to compare.
      if place == 0, tree.count > 1, !chance(4) { place = 1 }
      return change(at: &place, in: tree)
    }
  }

  /// Changes the value that `place` values, counted outside in, are before.
  private mutating func change(at place: inout Int, in tree: JSONTree) -> JSONTree {
    if place == 0 {
      place = -1
      return changed(tree)
    }
    place -= 1
    return tree.mapChildren { child in
      if place < 0 { return child }
      if place >= child.count {
        place -= child.count
        return child
      }
      return change(at: &place, in: child)
    }
  }

  private mutating func changed(_ tree: JSONTree) -> JSONTree {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .null
    case 1: return scalar()
    case 2: return .array([tree])
    case 3: return .object([JSONTree.Member(key: word(), value: tree)])
    case 4: return tree.children.randomElement(using: &random) ?? scalar()
    case 5: return .array(tree.children)
    case 6: return container(depth: 2)
    case 7: return withMore(tree)
    default: return withLess(tree)
    }
  }

  private mutating func withMore(_ tree: JSONTree) -> JSONTree {
    switch tree {
    case .array(let elements):
      return .array(elements + [chance(2) ? elements.first ?? .null : anything(depth: 2)])
    case .object(var members):
      let added = JSONTree.Member(key: word(), value: anything(depth: 2))
      members.removeAll { $0.key == added.key }
      members.insert(added, at: Int.random(in: 0...members.count, using: &random))
      return .object(members)
    default: return anything(depth: 2)
    }
  }

  private mutating func withLess(_ tree: JSONTree) -> JSONTree {
    switch tree {
    case .array(var elements) where !elements.isEmpty:
      elements.remove(at: Int.random(in: 0..<elements.count, using: &random))
      return .array(elements)
    case .object(var members) where !members.isEmpty:
      members.remove(at: Int.random(in: 0..<members.count, using: &random))
      return .object(members)
    default: return .null
    }
  }

  private mutating func anything(depth: Int) -> JSONTree {
    depth == 0 || chance(3) ? scalar() : container(depth: depth)
  }

  private mutating func container(depth: Int) -> JSONTree {
    let size = Int.random(in: 0...4, using: &random)
    if chance(3) { return .array((0..<size).map { _ in anything(depth: depth - 1) }) }
    let keys = Set((0..<size).map { _ in word() }).sorted()
    return .object(keys.map { JSONTree.Member(key: $0, value: anything(depth: depth - 1)) })
  }

  /// Small numbers: a large one would have some programs repeat a string that often.
  private mutating func scalar() -> JSONTree {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: .null
    case 1: .bool(chance(2))
    case 2: .number(["0", "1", "-1", "2", "3.5", "12"].randomElement(using: &random) ?? "0")
    case 3: .string(["a,b", "2024-05-01T10:00:00Z", "7", "Ä b"].randomElement(using: &random) ?? "a")
    default: .string(word())
    }
  }

  private mutating func word() -> String {
    (chance(6) ? nil : words.randomElement(using: &random)) ?? (chance(2) ? "extra" : "name")
  }

  private mutating func chance(_ oneIn: Int) -> Bool {
    Int.random(in: 0..<oneIn, using: &random) == 0
  }
}
