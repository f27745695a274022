/// Paths merged into one tree, so that one walk over a document finds all of them.
///
/// Nodes are numbered outside in: a node's descendants have the numbers after its own, up to
/// ``Node/end``. Node 0 is the document itself.
public struct PathTree: Sendable {
  struct Node: Sendable {
    var parent: Int
    /// How many steps below the document.
    var depth: Int
    /// The first number after this node's descendants.
    var end: Int
    var keys: KeyTable
    /// Array elements in rising order.
    var elements: [(index: Int, node: Int)]

    var isLeaf: Bool { keys.isEmpty && elements.isEmpty }
  }

  let nodes: [Node]
  private let numbers: [JSONPath: Int]

  /// Merges `paths`, and every path that one of them passes.
  public init(_ paths: some Sequence<JSONPath>) {
    let root = Branch()
    for path in paths { root.insert(path.steps[...]) }
    var builder = Builder()
    builder.add(root, path: JSONPath(), parent: 0)
    nodes = builder.nodes
    numbers = builder.numbers
  }

  /// How many nodes there are; a ``PathMatches`` has a place for each.
  public var count: Int { nodes.count }

  /// The node of `path`, nil if the tree does not have it.
  public func node(_ path: JSONPath) -> Int? { numbers[path] }

  /// The node that `node` is a step below; the document's own for the document.
  package func parent(of node: Int) -> Int { nodes[node].parent }
}

extension PathTree {
  /// The tree while it grows.
  private final class Branch {
    var children: [(step: JSONPathStep, branch: Branch)] = []

    func insert(_ steps: ArraySlice<JSONPathStep>) {
      guard let first = steps.first else { return }
      if let known = children.first(where: { $0.step == first }) {
        known.branch.insert(steps.dropFirst())
      } else {
        let branch = Branch()
        children.append((first, branch))
        branch.insert(steps.dropFirst())
      }
    }
  }

  /// Numbers the branches outside in.
  private struct Builder {
    var nodes: [Node] = []
    var numbers: [JSONPath: Int] = [:]

    mutating func add(_ branch: Branch, path: JSONPath, parent: Int) {
      let number = nodes.count
      numbers[path] = number
      nodes.append(
        Node(parent: parent, depth: path.steps.count, end: 0, keys: KeyTable([]), elements: []))
      var keys: [(String, Int)] = []
      for (step, child) in branch.children {
        switch step {
        case .key(let key): keys.append((key, nodes.count))
        case .index(let index): nodes[number].elements.append((index, nodes.count))
        }
        add(child, path: path.appending(step), parent: number)
      }
      nodes[number].elements.sort { $0.index < $1.index }
      nodes[number].keys = KeyTable(keys)
      nodes[number].end = nodes.count
    }
  }
}
