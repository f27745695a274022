import CLibJQ
import RawJSON

/// Builds, of a document in which paths have been found, the value cut to what expressions read.
///
/// The members on the way are taken from where one walk over the document found them, so that nothing is
/// walked twice but what is read as a whole or element by element.
package struct CutPlan: Sendable {
  /// A part of the document, and what of it is kept.
  private indirect enum Part: Sendable {
    /// All of it, or what a tree with elements reads: walked through.
    case walked(JSONPath, ReadTree)
    /// Of an object these members, of an array none of its elements.
    case members(JSONPath, [(key: [UInt8], part: Part)])
  }

  /// A part bound to the nodes of a path tree.
  fileprivate indirect enum Bound: Sendable {
    case walked(Int, ReadTree)
    case members(Int, [(key: [UInt8], part: Bound)])
  }

  private let root: Part

  /// Plans to cut to what `expressions` read together.
  package init(_ expressions: [JQExpression]) {
    let reads = expressions.map { $0.program?.reads ?? .all }.reduce(ReadTree.kind) { $0.union($1) }
    root = Self.part(reads, JSONPath())
  }

  /// The paths that the walk over the document must find.
  package var paths: [JSONPath] {
    Self.paths(root)
  }

  private static func part(_ reads: ReadTree, _ path: JSONPath) -> Part {
    // A tree's keys are equal where their characters are, a path's where their bytes are: of keys beyond
    // ASCII one name may mean several members, which only a walk finds all.
    guard case .part(let keys, nil) = reads, path.steps.count < 50,
      keys.keys.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } })
    else { return .walked(path, reads) }
    let members = keys.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .members(
      path, members.map { (key: Array($0.key.utf8), part: part($0.value, path.appending(.key($0.key)))) })
  }

  private static func paths(_ part: Part) -> [JSONPath] {
    switch part {
    case .walked(let path, _): [path]
    case .members(let path, let members): [path] + members.flatMap { paths($0.part) }
    }
  }

  /// The plan bound to `tree`, which must have its ``paths``; nil where it has not.
  package func bound(to tree: PathTree) -> BoundCut? {
    Self.bind(root, tree).map(BoundCut.init)
  }

  private static func bind(_ part: Part, _ tree: PathTree) -> Bound? {
    switch part {
    case .walked(let path, let reads):
      return tree.node(path).map { .walked($0, reads) }
    case .members(let path, let members):
      guard let node = tree.node(path) else { return nil }
      let bound = members.compactMap { member in bind(member.part, tree).map { (key: member.key, part: $0) } }
      return bound.count == members.count ? .members(node, bound) : nil
    }
  }
}

/// A cut ready to be made.
package struct BoundCut: Sendable {
  private let root: CutPlan.Bound

  fileprivate init(_ root: CutPlan.Bound) {
    self.root = root
  }

  /// The cut value of the document in which `matches` were found.
  package func value(_ document: JSONScanner, _ matches: borrowing PathMatches) -> JQValue {
    JQValue(consuming: build(root, JSONReader(scanner: document), matches) ?? jv_null())
  }

  /// The part's value, nil where the document does not have it. The caller owns it.
  private func build(_ part: CutPlan.Bound, _ reader: JSONReader, _ matches: borrowing PathMatches) -> jv? {
    switch part {
    case .walked(let node, let reads):
      return matches[node].map { reader.value($0.lowerBound, reads).value }
    case .members(let node, let members):
      guard let range = matches[node] else { return nil }
      switch reader.scanner.kind(range) {
      case .object: break
      case .array: return jv_array()
      default: return reader.value(range.lowerBound).value
      }
      var object = jv_object()
      for member in members {
        if let value = build(member.part, reader, matches) {
          object = jv_object_set(object, reader.text(member.key), value)
        }
      }
      return object
    }
  }
}
