import ReferenceJSON
import TestSupport

/// Changes objects into what no mapping was written for: members missing, types swapped, deep nesting.
struct ObjectMutator {
  var generator: ObjectGenerator

  /// `value` with some changes inside.
  mutating func mutated(_ value: ReferenceValue) -> ReferenceValue {
    (0..<Int.random(in: 1...4, using: &generator.random)).reduce(value) { value, _ in
      switch value {
      case .object(let members): changed(members)
      default: value
      }
    }
  }

  private mutating func changed(_ members: [ReferenceValue.Member]) -> ReferenceValue {
    guard let place = members.indices.randomElement(using: &generator.random) else {
      return generator.object()
    }
    var members = members
    switch Int.random(in: 0..<4, using: &generator.random) {
    case 0: members.remove(at: place)
    case 1: members.shuffle(using: &generator.random)
    default: members[place].value = changed(members[place].value)
    }
    return .object(members)
  }

  private mutating func changed(_ value: ReferenceValue) -> ReferenceValue {
    if !generator.random.chance(3) {
      switch value {
      case .object(let members) where !members.isEmpty: return changed(members)
      case .array(var elements):
        if let place = elements.indices.randomElement(using: &generator.random) {
          elements[place] = changed(elements[place])
          return .array(elements)
        }
      default: break
      }
    }
    switch Int.random(in: 0..<8, using: &generator.random) {
    case 0: return .null
    case 1: return .array([value])
    case 2: return .object([.init(.init(generator.random.pick(ObjectGenerator.keys) ?? "a"), value)])
    case 3: return generator.number()
    case 4: return generator.random.chance(8) ? nested(value) : .array([])
    default: return generator.anything(depth: 2)
    }
  }

  /// `value` far inside: at levels where libjq's limits and the scanner's are.
  private mutating func nested(_ value: ReferenceValue) -> ReferenceValue {
    let depth = generator.random.pick([60, 65, 250, 255, 256, 257, 300, 1015, 1020, 1025]) ?? 10
    let isObject = generator.random.chance(2)
    return (0..<depth).reduce(value) { inner, _ in
      isObject ? .object([.init(.init("a"), inner)]) : .array([inner])
    }
  }
}
