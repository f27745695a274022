/// Paths merged into one tree, so that one walk over a document finds all of them.
///
/// Nodes are numbered outside in: a node's descendants have the numbers right after its own. Node 0 is the
/// document itself.
package struct PathTree: Sendable {
  /// A path that was added to a tree's ``Builder``: the tree that it builds has a node for it.
  package struct Handle: Sendable, Hashable {
    fileprivate let number: Int
  }

  let table: PathTable

  /// Merges `paths`, and every path that one of them passes.
  package init(_ paths: some Sequence<JSONPath>) {
    var builder = Builder()
    for path in paths { _ = builder.add(path) }
    self = builder.build()
  }

  fileprivate init(_ table: PathTable) {
    self.table = table
  }

  /// How many nodes there are; a ``PathMatches`` has a place for each.
  package var count: Int { table.nodes.count }

  /// The node of `path`, nil if the tree does not have it.
  package func node(_ path: JSONPath) -> Int? {
    var number = 0
    for step in path.steps {
      guard let child = child(of: number, step) else { return nil }
      number = child
    }
    return number
  }

  /// The node of a path that was added to the tree's builder.
  @inline(__always)
  package func node(_ handle: Handle) -> Int { table.handles[handle.number] }

  /// The node that `node` is a step below; the document's own for the document.
  package func parent(of node: Int) -> Int { table.nodes[node].parent }

  private func child(of node: Int, _ step: JSONPathStep) -> Int? {
    switch step {
    case .key(var key): key.withUTF8 { table.child(of: node, key: $0) }
    case .index(let index): table.elements(of: node).first { $0.index == index }?.node
    }
  }
}

extension PathTree {
  /// Collects paths, and builds a tree that has all of them.
  package struct Builder {
    private let root = Branch()
    private var ends: [Branch] = []

    /// A builder without paths, of a tree that has the document alone.
    package init() {}

    /// Adds a path; one that is there already gets another handle to the same node.
    package mutating func add(_ path: JSONPath) -> Handle {
      ends.append(root.insert(path.steps[...]))
      return Handle(number: ends.count - 1)
    }

    /// The tree of the paths that were added so far.
    package func build() -> PathTree {
      var layout = PathTable.Layout()
      root.add(to: &layout, depth: 0, parent: 0)
      for end in ends { layout.add(handleOf: end.node) }
      return PathTree(PathTable(layout))
    }
  }

  /// The tree while it grows.
  private final class Branch {
    var children: [(step: JSONPathStep, branch: Branch)] = []
    /// Its number in the tree that was built last.
    var node = 0

    /// The branch that `steps` lead to, which grows where it is not there yet.
    func insert(_ steps: ArraySlice<JSONPathStep>) -> Branch {
      guard let first = steps.first else { return self }
      if let known = children.first(where: { $0.step == first }) {
        return known.branch.insert(steps.dropFirst())
      }
      let branch = Branch()
      children.append((first, branch))
      return branch.insert(steps.dropFirst())
    }

    /// Numbers this branch and those on it, outside in.
    func add(to layout: inout PathTable.Layout, depth: Int, parent: Int) {
      node = layout.add(depth: depth, parent: parent)
      var keys: [(String, Int)] = []
      var elements: [PathTable.Element] = []
      for (step, child) in children {
        child.add(to: &layout, depth: depth + 1, parent: node)
        switch step {
        case .key(let key): keys.append((key, child.node))
        case .index(let index): elements.append(PathTable.Element(index: index, node: child.node))
        }
      }
      layout.finish(node, keys: keys, elements: elements)
    }
  }
}
