import JQ
import RawJSON

/// A part of an object that an expression looks at.
public struct ReadValue: Sendable, Hashable {
  /// What was found there.
  public enum Finding: Sendable, Hashable {
    /// A value's JSON.
    case value(String)
    /// An array or object of which only the type matters.
    case kind(JSONKind)
    /// No such member; the object's member of the nearest name, where one is near.
    case missing(nearest: String?)
    /// This many more elements, which are not listed.
    case more(Int)
  }

  /// The path from the object, as jq writes it: `.fields.subtasks[0].key`.
  public let path: String
  /// What was found there.
  public let finding: Finding
}

/// Finds the parts of a document that a tree of reads names.
struct ReadValues {
  /// How many elements of an array are listed.
  private static let elementLimit = 3

  private(set) var values: [ReadValue] = []

  /// The parts of `document` that `reads` names, in the order of their paths.
  static func find(_ reads: ReadTree, in document: JSONView) -> [ReadValue] {
    if case .part(let keys, nil) = reads, keys.isEmpty { return [] }
    var finder = ReadValues()
    finder.visit(document, reads, JSONPath())
    return finder.values
  }

  private mutating func visit(_ value: JSONView, _ reads: ReadTree, _ path: JSONPath) {
    guard case .part(let keys, let each) = reads else { return add(path, .value(value.json)) }
    switch value.kind {
    case .object where !keys.isEmpty || each != nil:
      visitMembers(of: value, keys, each, path)
    case .array where each != nil:
      each.map { visitElements(of: value, $0, path) }
    case .object, .array:
      add(path, .kind(value.kind))
    default:
      add(path, .value(value.json))
    }
  }

  private mutating func visitMembers(
    of object: JSONView, _ keys: [String: ReadTree], _ each: ReadTree?, _ path: JSONPath
  ) {
    let members = object.members ?? []
    for (key, reads) in keys.sorted(by: { $0.key < $1.key }) {
      let inner = path.appending(.key(key))
      if let value = object[key] {
        visit(value, reads, inner)
      } else {
        add(inner, .missing(nearest: Spelling.nearestKey(to: key, in: members.map(\.key))))
      }
    }
    guard let each else { return }
    let others = members.filter { keys[$0.key] == nil }
    visit(others.map { (.key($0.key), $0.value) }, each, path, of: object)
  }

  private mutating func visitElements(of array: JSONView, _ reads: ReadTree, _ path: JSONPath) {
    let elements = (array.elements ?? []).enumerated().map { (JSONPathStep.index($0), $1) }
    visit(elements, reads, path, of: array)
  }

  private mutating func visit(
    _ parts: [(step: JSONPathStep, value: JSONView)], _ reads: ReadTree, _ path: JSONPath,
    of container: JSONView
  ) {
    if parts.isEmpty { add(path, .value(container.json)) }
    for part in parts.prefix(Self.elementLimit) { visit(part.value, reads, path.appending(part.step)) }
    let rest = parts.count - Self.elementLimit
    if rest > 0 { values.append(ReadValue(path: path.description + "[]", finding: .more(rest))) }
  }

  private mutating func add(_ path: JSONPath, _ finding: ReadValue.Finding) {
    values.append(ReadValue(path: path.description, finding: finding))
  }
}
