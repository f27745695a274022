/// Paths merged into one tree, so that one walk over a document finds all of them.
///
/// Nodes are numbered outside in: a node's descendants have the numbers right after its own. Node 0 is the
/// document itself.
public struct PathTree: Sendable {
  let table: PathTable

  /// Merges `paths`, and every path that one of them passes.
  public init(_ paths: some Sequence<JSONPath>) {
    let root = Branch()
    for path in paths { root.insert(path.steps[...]) }
    var layout = PathTable.Layout()
    root.add(to: &layout, depth: 0, parent: 0)
    table = PathTable(layout)
  }

  /// How many nodes there are; a ``PathMatches`` has a place for each.
  public var count: Int { table.nodes.count }

  /// The node of `path`, nil if the tree does not have it.
  public func node(_ path: JSONPath) -> Int? {
    var number = 0
    for step in path.steps {
      guard let child = child(of: number, step) else { return nil }
      number = child
    }
    return number
  }

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

    /// Numbers this branch and those on it, outside in.
    ///
    /// - Returns: its number.
    @discardableResult
    func add(to layout: inout PathTable.Layout, depth: Int, parent: Int) -> Int {
      let number = layout.add(depth: depth, parent: parent)
      var keys: [(String, Int)] = []
      var elements: [PathTable.Element] = []
      for (step, child) in children {
        let node = child.add(to: &layout, depth: depth + 1, parent: number)
        switch step {
        case .key(let key): keys.append((key, node))
        case .index(let index): elements.append(PathTable.Element(index: index, node: node))
        }
      }
      layout.finish(number, keys: keys, elements: elements)
      return number
    }
  }
}
