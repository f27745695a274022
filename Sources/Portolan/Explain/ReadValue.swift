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

  private let document: JSONScanner
  private(set) var values: [ReadValue] = []

  /// The parts of the valid `document` that `reads` names, in the order of their paths.
  static func find(_ reads: ReadTree, in document: JSONScanner) -> [ReadValue] {
    guard let range = try? document.checkDocument() else { return [] }
    if case .part(let keys, nil) = reads, keys.isEmpty { return [] }
    var finder = ReadValues(document: document)
    finder.visit(range, reads, JSONPath())
    return finder.values
  }

  private init(document: JSONScanner) {
    self.document = document
  }

  private mutating func visit(_ range: Range<Int>, _ reads: ReadTree, _ path: JSONPath) {
    guard case .part(let keys, let each) = reads else { return add(path, range) }
    switch document.kind(range) {
    case .object where !keys.isEmpty || each != nil:
      visitMembers(range, keys, each, path)
    case .array where each != nil:
      each.map { visitElements(range, $0, path) }
    case .object, .array:
      values.append(ReadValue(path: path.description, finding: .kind(document.kind(range))))
    default:
      add(path, range)
    }
  }

  private mutating func visitMembers(
    _ range: Range<Int>, _ keys: [String: ReadTree], _ each: ReadTree?, _ path: JSONPath
  ) {
    let members = document.lastMembers(range.lowerBound).map { (document.text($0.key), $0.value) }
    for (key, reads) in keys.sorted(by: { $0.key < $1.key }) {
      let inner = path.appending(.key(key))
      if let member = members.first(where: { $0.0 == key }) {
        visit(member.1, reads, inner)
      } else {
        let nearest = Spelling.nearest(to: key, in: members.map(\.0))
        values.append(ReadValue(path: inner.description, finding: .missing(nearest: nearest)))
      }
    }
    guard let each else { return }
    let others = members.filter { keys[$0.0] == nil }
    visit(others.map { (.key($0.0), $0.1) }, each, path, of: range)
  }

  private mutating func visitElements(_ range: Range<Int>, _ reads: ReadTree, _ path: JSONPath) {
    var elements: [(JSONPathStep, Range<Int>)] = []
    document.forEachElement(range.lowerBound) { elements.append((.index(elements.count), $0)) }
    visit(elements, reads, path, of: range)
  }

  private mutating func visit(
    _ parts: [(step: JSONPathStep, range: Range<Int>)], _ reads: ReadTree, _ path: JSONPath,
    of container: Range<Int>
  ) {
    if parts.isEmpty { add(path, container) }
    for part in parts.prefix(Self.elementLimit) { visit(part.range, reads, path.appending(part.step)) }
    let rest = parts.count - Self.elementLimit
    if rest > 0 { values.append(ReadValue(path: path.description + "[]", finding: .more(rest))) }
  }

  private mutating func add(_ path: JSONPath, _ range: Range<Int>) {
    var json: [UInt8] = []
    document.copy(range, into: &json)
    values.append(
      ReadValue(path: path.description, finding: .value(String(decoding: json, as: UTF8.self))))
  }
}
