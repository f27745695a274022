import RawJSON

extension ReferenceNode {
  /// The text of a string.
  package var text: String? {
    if case .string(let text, _) = value { text } else { nil }
  }

  /// The members, each key once: the first place, the last value.
  package var lastMembers: [(key: ReferenceNode, value: ReferenceNode)] {
    guard case .object(let members) = value else { return [] }
    var last: [(key: ReferenceNode, value: ReferenceNode)] = []
    for member in members {
      if let place = last.firstIndex(where: { Self.sameText($0.key, member.key) }) {
        last[place].value = member.value
      } else {
        last.append(member)
      }
    }
    return last
  }

  /// The value a step further in.
  package func child(_ step: JSONPathStep) -> ReferenceNode? {
    switch (step, value) {
    case (.key(let key), .object):
      lastMembers.first { Array(($0.key.text ?? "").utf8) == Array(key.utf8) }?.value
    case (.index(let index), .array(let elements)) where elements.indices.contains(index): elements[index]
    default: nil
    }
  }

  /// The value at `path`.
  package func find(_ path: JSONPath) -> ReferenceNode? {
    var node: ReferenceNode? = self
    for step in path.steps { node = node?.child(step) }
    return node
  }

  /// The paths of everything inside.
  package func paths(below path: JSONPath = JSONPath()) -> [JSONPath] {
    var found = [path]
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        found += element.paths(below: path.appending(.index(index)))
      }
    case .object(let members):
      for member in members {
        found += member.value.paths(below: path.appending(.key(member.key.text ?? "")))
      }
    default: break
    }
    return found
  }

  /// The compact copy, without the value at `removed`.
  package func copy(of bytes: [UInt8], without removed: JSONPath? = nil) -> [UInt8] {
    switch value {
    case .literal: return Array(bytes[range])
    case .string(_, let source): return source
    case .array(let elements):
      let parts = elements.enumerated().compactMap { index, element in
        Self.rest(removed, after: .index(index)).map { element.copy(of: bytes, without: $0.path) }
      }
      return Array("[".utf8) + parts.joined(separator: Array(",".utf8)) + Array("]".utf8)
    case .object:
      return Array("{".utf8) + members(of: bytes, without: removed).joined(separator: Array(",".utf8))
        + Array("}".utf8)
    }
  }

  /// The compact copies of the members but the one called `replaced`.
  package func members(of bytes: [UInt8], without removed: JSONPath?, but replaced: String? = nil)
    -> [[UInt8]]
  {
    lastMembers.compactMap { member in
      let name = member.key.text ?? ""
      if let replaced, Array(name.utf8) == Array(replaced.utf8) { return nil }
      return Self.rest(removed, after: .key(name)).map {
        member.key.copy(of: bytes) + Array(":".utf8) + member.value.copy(of: bytes, without: $0.path)
      }
    }
  }

  /// What is left of `path` after `step`, nil if it ends there.
  private static func rest(_ path: JSONPath?, after step: JSONPathStep) -> (path: JSONPath?, Void)? {
    guard let path, let first = path.steps.first, isSame(first, step) else { return (nil, ()) }
    return path.steps.count == 1 ? nil : (JSONPath(Array(path.steps.dropFirst())), ())
  }

  private static func isSame(_ first: JSONPathStep, _ second: JSONPathStep) -> Bool {
    switch (first, second) {
    case (.key(let a), .key(let b)): Array(a.utf8) == Array(b.utf8)
    case (.index(let a), .index(let b)): a == b
    default: false
    }
  }

  private static func sameText(_ first: ReferenceNode, _ second: ReferenceNode) -> Bool {
    Array((first.text ?? "").utf8) == Array((second.text ?? "").utf8)
  }
}
