import JQ
import RawJSON

/// Which keys the objects have that expressions look into, counted over many documents.
///
/// Its shape is that of the expressions' `ReadTree`s: a census for each key and for the elements.
struct KeyCensus {
  /// How many different keys of one object are kept: one whose keys are data has no end of them.
  private static let keyLimit = 500

  /// How many objects are kept to look for what is read of a key's value by the name of another key.
  private static let sampleLimit = 20

  private var objects = 0
  private var samples: [JSONView] = []
  private var keys: [String] = []
  private var known: Set<String> = []
  private var members: [String: KeyCensus] = [:]
  /// None or one: of an array's elements, or of all an object's members.
  private var elements: [KeyCensus] = []

  /// A census of what the trees read.
  init(_ trees: some Sequence<ReadTree>) {
    for tree in trees { add(tree) }
  }

  private mutating func add(_ tree: ReadTree) {
    guard case .part(let keys, let each) = tree else { return }
    for (key, below) in keys { members[key, default: KeyCensus([])].add(below) }
    guard let each else { return }
    if elements.isEmpty { elements = [KeyCensus([])] }
    elements[0].add(each)
  }

  /// Counts what is in the value.
  mutating func count(_ value: JSONView) {
    if members.isEmpty, elements.isEmpty { return }
    if let members = value.members {
      objects += 1
      if samples.count < Self.sampleLimit { samples.append(value) }
      for (key, value) in members { count(value, of: key) }
    }
    for element in value.elements ?? [] { countElement(element) }
  }

  private mutating func count(_ value: JSONView, of key: String) {
    if members[key] != nil || known.count < Self.keyLimit, known.insert(key).inserted { keys.append(key) }
    members[key]?.count(value)
    countElement(value)
  }

  private mutating func countElement(_ value: JSONView) {
    if !elements.isEmpty { elements[0].count(value) }
  }

  /// A key that is read and that no object has.
  struct Absence {
    /// The keys that lead to it, nil for a step to every element.
    let steps: [String?]
    /// How many objects it was looked for in.
    let objects: Int
    /// The key of theirs that is most like it, nil where none is near.
    var nearest: String?
    /// All of their keys.
    let keys: [String]
    /// Those of them whose values have what is read of the one that is absent.
    var fitting: [String]
    /// The first value of the nearest key that is not null.
    let nearestValue: JSONView?
    /// The keys that are read of what would be there.
    let below: [String]
    /// Those of them that the objects themselves have, with what is read of them.
    let belowHere: [String]

    /// The key itself.
    var key: String { (steps.last ?? nil) ?? "" }

    /// The path to the key, as jq writes it.
    var path: String { KeyCensus.path(steps) }

    /// The path to the nearest key.
    var nearestPath: String? { nearest.map(path(ofKey:)) }

    /// The variable of the environment that is meant where `.env.NAME` is read.
    var variable: String? {
      guard steps == ["env"], let name = below.first, !name.contains(where: \.isLowercase) else { return nil }
      return name
    }

    /// The path to what is most likely meant: the nearest key; one that begins alike; one with dots in its name, of
    /// which the path makes steps; or what is read of the absent value, where the object itself has it.
    var likelyPath: String? { likely?.path }

    /// The likely path, and the steps in whose place it is.
    var likely: (path: String, replaced: [String?])? {
      if let nearest { return (path(ofKey: nearest), steps) }
      if let last = below.first(where: { keys.contains("\(key).\($0)") }) {
        return (path(ofKey: "\(key).\(last)"), steps + [last])
      }
      if let last = belowHere.first(where: { LikelyKey.isMeant($0, without: key) }) {
        return (path(ofKey: last), steps + [last])
      }
      return Spelling.similarKey(to: key, in: fitting).map { (path(ofKey: $0), steps) }
    }

    /// The absence without those of the keys `names`, which are read as well, that an object may have beside it.
    func besides(_ names: Set<String>) -> Absence {
      let own = KeyLikeness(key)
      let isOther = { (other: String) in names.contains(other) && own.isBeside(KeyLikeness(other)) }
      var absence = self
      absence.fitting.removeAll(where: isOther)
      if let nearest, isOther(nearest) { absence.nearest = nil }
      return absence
    }

    private func path(ofKey key: String) -> String { KeyCensus.path(steps.dropLast() + [key]) }
  }

  /// The keys that `tree` reads and that no object has, in alphabetical order.
  func absences(of tree: ReadTree, after steps: [String?] = []) -> [Absence] {
    guard case .part(let reads, let each) = tree else { return [] }
    var found: [Absence] = []
    if let each, let elements = elements.first { found = elements.absences(of: each, after: steps + [nil]) }
    for (key, below) in reads.sorted(by: { $0.key < $1.key }) {
      if known.contains(key) {
        found += members[key]?.absences(of: below, after: steps + [key]) ?? []
      } else if objects > 0 {
        let fitting = keys.filter { fits($0, below) }
        let nearest = Spelling.nearestKey(to: key, in: fitting)
        found.append(
          Absence(
            steps: steps + [key], objects: objects, nearest: nearest, keys: keys, fitting: fitting,
            nearestValue: nearest.flatMap { value(of: $0) }, below: below.keys,
            belowHere: below.members.filter { known.contains($0.key) && fits($0.key, $0.value) }.map(\.key)))
      }
    }
    return found
  }

  /// Whether an object has by `key` what is read of a value: one has some of it, or all that are known have null there.
  private func fits(_ key: String, _ below: ReadTree) -> Bool {
    value(of: key) == nil || samples.contains { below.isFound(in: $0[key]) }
  }

  /// The first value of a key that is not null.
  private func value(of key: String) -> JSONView? {
    samples.lazy.compactMap { $0[key] }.first { $0.kind != .null }
  }

  /// The path that takes these steps, as jq writes it; nil is a step to every element.
  static func path(_ steps: some Sequence<String?>) -> String {
    steps.reduce("") { path, key in
      guard let key else { return (path.isEmpty ? "." : path) + "[]" }
      return path + KeyStep.text(key)
    }
  }
}

extension ReadTree {
  /// The keys that are read, in alphabetical order.
  fileprivate var keys: [String] {
    if case .part(let keys, _) = self { keys.keys.sorted() } else { [] }
  }

  /// The keys that are read, and what of their values, in alphabetical order.
  fileprivate var members: [(key: String, value: ReadTree)] {
    if case .part(let keys, _) = self { keys.sorted { $0.key < $1.key } } else { [] }
  }

  /// Whether it reads no part of its input.
  var isNothing: Bool {
    if case .part(let keys, let each) = self { keys.isEmpty && each == nil } else { false }
  }

  /// Whether the value has any of what is read.
  func isFound(in value: JSONView?) -> Bool {
    guard let value, value.kind != .null else { return false }
    guard !isNothing, case .part(let keys, let each) = self else { return true }
    if keys.contains(where: { $0.value.isFound(in: value[$0.key]) }) { return true }
    let elements = value.elements ?? value.members?.map(\.value) ?? []
    // Of an object that is taken for a list, what is read of each element is meant.
    return each.map { each in each.isFound(in: value) || elements.contains { each.isFound(in: $0) } } ?? false
  }
}
