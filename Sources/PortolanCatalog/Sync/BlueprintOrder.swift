import RawJSON

/// In which order the entities of blueprints are written: those that others relate to first.
struct BlueprintOrder: Sendable {
  /// Blueprints that relate to each other in a circle, or one that does not.
  struct Component: Sendable, Equatable {
    /// The blueprints, in the plan's order.
    var blueprints: [String]
    /// Whether its entities may relate to each other.
    var isCyclic: Bool
  }

  /// Where a relation leads.
  struct Relation: Sendable, Equatable {
    /// The blueprint of the entities that it leads to.
    var target: String
    /// Whether an entity must have it.
    var isRequired: Bool
  }

  /// What is written first, and what after it.
  let components: [Component]
  /// The relations of each blueprint, by their names.
  let relations: [String: [String: Relation]]

  /// Orders `blueprints`. Where nothing says otherwise they stay in their order; those that are not defined relate to
  /// nothing.
  init(_ blueprints: [String], definitions: [String: [UInt8]]) {
    relations = definitions.mapValues(Self.relations)
    var search = ComponentSearch(blueprints, targets: relations.mapValues { $0.values.map(\.target) })
    components = search.components()
  }

  private static func relations(of definition: [UInt8]) -> [String: Relation] {
    var relations: [String: Relation] = [:]
    for (name, relation) in JSONView(valid: definition)["relations"]?.members ?? [] {
      guard let target = relation["target"]?.text else { continue }
      relations[name] = Relation(target: target, isRequired: relation["required"]?.boolean ?? false)
    }
    return relations
  }
}

/// Tarjan's search for strongly connected components, which finds what is led to before what leads there. It keeps its
/// own stack, so that a long chain of blueprints is no danger.
private struct ComponentSearch {
  private let names: [String]
  private let targets: [[Int]]
  private var order: [Int?]
  private var lowest: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var found: [BlueprintOrder.Component] = []
  private var count = 0

  init(_ names: [String], targets: [String: [String]]) {
    self.names = names
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    self.targets = names.map { name in (targets[name] ?? []).compactMap { places[$0] }.sorted() }
    order = Array(repeating: nil, count: names.count)
    lowest = Array(repeating: 0, count: names.count)
    isOpen = Array(repeating: false, count: names.count)
  }

  mutating func components() -> [BlueprintOrder.Component] {
    for root in names.indices where order[root] == nil { visit(root) }
    return found
  }

  private mutating func visit(_ root: Int) {
    var path = [(node: root, next: 0)]
    enter(root)
    while let (node, next) = path.last {
      guard next < targets[node].count else {
        path.removeLast()
        leave(node)
        if let above = path.last?.node { lowest[above] = min(lowest[above], lowest[node]) }
        continue
      }
      path[path.count - 1].next += 1
      let target = targets[node][next]
      if let place = order[target] {
        if isOpen[target] { lowest[node] = min(lowest[node], place) }
      } else {
        enter(target)
        path.append((target, 0))
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = count
    lowest[node] = count
    count += 1
    open.append(node)
    isOpen[node] = true
  }

  /// Takes a component off, if `node` is the first of it.
  private mutating func leave(_ node: Int) {
    guard lowest[node] == order[node] else { return }
    var members: [Int] = []
    while let member = open.popLast() {
      isOpen[member] = false
      members.append(member)
      if member == node { break }
    }
    let isCyclic = members.count > 1 || targets[node].contains(node)
    found.append(
      BlueprintOrder.Component(blueprints: members.sorted().map { names[$0] }, isCyclic: isCyclic))
  }
}
