import CLibJQ
import RawJSON

/// A path as the walk over a document finds it: ready to be read off.
struct PathReader: Sendable {
  /// The path in the tree whose paths the walk finds.
  let handle: PathTree.Handle
  private let path: JQPath

  /// What reading a path comes to.
  enum Finding {
    /// A part of the document.
    case slice(Range<Int>)
    /// `null`, because the document has nothing there.
    case missing
    /// No output: an error under a `?`.
    case nothing
    /// A step into a value that has no such members.
    case wrongKind(JSONPathStep, JSONKind)
  }

  /// A reader of `path`, which is added to `paths`.
  init(_ path: JQPath, _ paths: inout PathTree.Builder) {
    handle = paths.add(path.path)
    self.path = path
  }

  /// Reads the path off the document in which `matches` were found.
  func read(_ matches: borrowing PathMatches, _ document: JSONScanner, _ tree: PathTree) -> Finding {
    let node = tree.node(handle)
    if let range = matches[node] { return .slice(range) }
    return absent(node, matches, document, tree)
  }

  /// What a path comes to that leads to nothing: null, or an error where a step is taken into a value that
  /// has no such members.
  private func absent(
    _ node: Int, _ matches: borrowing PathMatches, _ document: JSONScanner, _ tree: PathTree
  ) -> Finding {
    var parent = tree.parent(of: node)
    var step = path.path.steps.count - 1
    while matches[parent] == nil, step > 0 {
      parent = tree.parent(of: parent)
      step -= 1
    }
    guard let found = matches[parent] else { return .missing }
    let kind = document.kind(found)
    let taken = path.path.steps[step]
    if taken.canEnter(kind) { return .missing }
    return path.isOptional[step] ? .nothing : .wrongKind(taken, kind)
  }
}

extension JSONPathStep {
  /// Whether jq takes the step into a value of that kind, even if nothing is there.
  func canEnter(_ kind: JSONKind) -> Bool {
    switch (self, kind) {
    case (_, .null), (.key, .object), (.index, .array): true
    default: false
    }
  }

  /// libjq's message for the step into a value that has no such members: it differs from version to version.
  func message(for kind: JSONKind) -> String {
    let value: jv =
      switch kind {
      case .null: jv_null()
      case .boolean: jv_true()
      case .number: jv_number(0)
      case .string: jv_string("")
      case .array: jv_array()
      case .object: jv_object()
      }
    let key: jv =
      switch self {
      case .key(let key): JQValue(text: key).copied()
      case .index(let index): jv_number(Double(index))
      }
    return JQValue(consuming: jv_invalid_get_msg(jv_get(value, key))).string ?? ""
  }
}
