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

    /// The node a step further in.
    func child(_ step: JSONPathStep) -> Int? {
      switch step {
      case .key(var key): keys.isEmpty ? nil : key.withUTF8 { keys.node($0) }
      case .index(let index): elements.first { $0.index == index }?.node
      }
    }
  }

  let nodes: [Node]

  /// Merges `paths`, and every path that one of them passes.
  public init(_ paths: some Sequence<JSONPath>) {
    let root = Branch()
    for path in paths { root.insert(path.steps[...]) }
    var builder = Builder()
    builder.add(root, depth: 0, parent: 0)
    nodes = builder.nodes
  }

  /// How many nodes there are; a ``PathMatches`` has a place for each.
  public var count: Int { nodes.count }

  /// The node of `path`, nil if the tree does not have it.
  public func node(_ path: JSONPath) -> Int? {
    var number = 0
    for step in path.steps {
      guard let child = nodes[number].child(step) else { return nil }
      number = child
    }
    return number
  }

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

    mutating func add(_ branch: Branch, depth: Int, parent: Int) {
      let number = nodes.count
      nodes.append(Node(parent: parent, depth: depth, end: 0, keys: KeyTable([]), elements: []))
      var keys: [(String, Int)] = []
      for (step, child) in branch.children {
        switch step {
        case .key(let key): keys.append((key, nodes.count))
        case .index(let index): nodes[number].elements.append((index, nodes.count))
        }
        add(child, depth: depth + 1, parent: number)
      }
      nodes[number].elements.sort { $0.index < $1.index }
      nodes[number].keys = KeyTable(keys)
      nodes[number].end = nodes.count
    }
  }
}
