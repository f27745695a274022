/// A `fetcher.yml` as it was read, once and tolerantly: every value with its key and its place.
///
/// ``FetcherDefinition`` is what can be asked by it; checks find their places here.
struct FetcherTree: Sendable {
  let document: DocumentReader.Document

  var root: DocumentNode { document.root }
  var file: String { document.file }

  /// The kinds that are listed, in the file's order.
  var listed: [DocumentNode] { root["kinds"]?.members ?? [] }
  /// The kinds that are listed, and what is said of the others.
  var kinds: [DocumentNode] { listed + [root["otherKinds"]].compactMap { $0 } }
  /// The kinds that lead from a kind's parent to the parent's parent and so on, up to one without a parent, or one
  /// that is among them.
  func ancestors(of kind: DocumentNode) -> [DocumentNode] {
    var found: [DocumentNode] = []
    var next = kind
    while let name = next.parentKind?.text, !found.contains(where: { $0.name == name }),
      let parent = listed.first(where: { $0.name == name })
    {
      found.append(parent)
      next = parent
    }
    return found
  }

  /// The ways to sign requests, in the file's order.
  var authentications: [DocumentNode] {
    root["auth"].map { $0.elements ?? [$0] } ?? []
  }
}

extension DocumentNode {
  /// The lists that a kind asks for: itself and its joins.
  var lists: [DocumentNode] { [self] + (self["join"]?.members ?? []) }
  /// The settings of a kind.
  var settings: [DocumentNode] { self["selector"]?.members ?? [] }
  /// The kind that a kind's parent is; nil where it has none, or one that is a list.
  var parentKind: DocumentNode? {
    self["parent"].flatMap { $0.text == nil ? $0["kind"] : $0 }
  }

  /// The keys of `candidates` that it has, in that order.
  func present(_ candidates: [String]) -> [DocumentNode] { candidates.compactMap { self[$0] } }
}
