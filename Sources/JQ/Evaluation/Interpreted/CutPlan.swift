import CLibJQ
import RawJSON

/// Builds, of a document in which paths have been found, the value cut to what expressions read.
///
/// The members on the way are taken from where one walk over the document found them, so that nothing is
/// walked twice but what is read as a whole or element by element.
struct CutPlan: Sendable {
  /// A part of the document, and what of it is kept.
  private indirect enum Part: Sendable {
    /// All of it, or what a tree with elements reads: walked through.
    case walked(PathTree.Handle, ReadTree)
    /// Of an object these members, of an array none of its elements.
    case members(PathTree.Handle, [(key: [UInt8], part: Part)])
  }

  private let root: Part

  /// Plans to cut to what `expressions` read together; the paths that the walk over the document must find are
  /// added to `paths`.
  init(_ expressions: [JQExpression], _ paths: inout PathTree.Builder) {
    let reads = expressions.map { $0.program?.reads ?? .all }.reduce(ReadTree.kind) { $0.union($1) }
    root = Self.part(reads, JSONPath(), &paths)
  }

  /// How many bytes the whole document has.
  func bytes(_ matches: borrowing PathMatches, _ tree: PathTree) -> Int {
    switch root {
    case .walked(let handle, _), .members(let handle, _): matches[tree.node(handle)]?.count ?? 0
    }
  }

  private static func part(_ reads: ReadTree, _ path: JSONPath, _ paths: inout PathTree.Builder) -> Part {
    let handle = paths.add(path)
    // A tree's keys are equal where their characters are, a path's where their bytes are: of keys beyond
    // ASCII one name may mean several members, which only a walk finds all.
    guard case .part(let keys, nil) = reads, path.steps.count < 50,
      keys.keys.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } })
    else { return .walked(handle, reads) }
    let members = keys.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .members(
      handle,
      members.map { ($0.key, $0.value) }.map { key, reads in
        (key: Array(key.utf8), part: part(reads, path.appending(.key(key)), &paths))
      })
  }

  /// The cut value of the document in which `matches` of `tree` were found.
  func value(_ document: JSONScanner, _ matches: borrowing PathMatches, _ tree: PathTree) -> JQValue {
    JQValue(consuming: build(root, JSONReader(scanner: document), matches, tree) ?? jv_null())
  }

  /// The part's value, nil where the document does not have it. The caller owns it.
  private func build(
    _ part: Part, _ reader: JSONReader, _ matches: borrowing PathMatches, _ tree: PathTree
  ) -> jv? {
    switch part {
    case .walked(let handle, let reads):
      return matches[tree.node(handle)].map { reader.value($0.lowerBound, reads).value }
    case .members(let handle, let members):
      guard let range = matches[tree.node(handle)] else { return nil }
      switch reader.scanner.kind(range) {
      case .object: break
      case .array: return jv_array()
      default: return reader.value(range.lowerBound).value
      }
      var object = jv_object()
      for member in members {
        if let value = build(member.part, reader, matches, tree) {
          object = jv_object_set(object, reader.text(member.key), value)
        }
      }
      return object
    }
  }
}
