import CLibJQ
import RawJSON

/// A plain expression bound to the nodes of a path tree, ready to be read off a document.
package indirect enum PlainReader: Sendable {
  case constant(ConstantTable.Number)
  case path(node: Int, PlainPath)
  case alternative(PlainReader, PlainReader)

  /// What reading gives.
  package enum Outcome {
    /// A part of the document.
    case slice(Range<Int>)
    /// A constant.
    case constant(ConstantTable.Number)
    /// `null`, because the document has nothing there.
    case missing
    /// No output: an error under a `?`.
    case nothing
    /// An error, in jq's words.
    case failure(String)
  }

  /// Binds `expression`, all of whose paths `tree` has; nil where it has not. Its constants are added to
  /// `constants`.
  package init?(_ expression: PlainExpression, in tree: PathTree, _ constants: inout ConstantTable) {
    switch expression {
    case .constant(let json):
      self = .constant(constants.add(json))
    case .path(let path):
      guard let node = tree.node(path.path) else { return nil }
      self = .path(node: node, path)
    case .alternative(let first, let second):
      guard let first = PlainReader(first, in: tree, &constants),
        let second = PlainReader(second, in: tree, &constants)
      else { return nil }
      self = .alternative(first, second)
    }
  }

  /// Reads the expression off the document in which `matches` were found.
  package func read(
    _ matches: borrowing PathMatches, _ document: JSONScanner, _ tree: PathTree, _ constants: ConstantTable
  ) -> Outcome {
    switch self {
    case .constant(let number):
      return .constant(number)
    case .path(let node, let path):
      if let range = matches[node] { return .slice(range) }
      return Self.absent(node, path, matches, document, tree)
    case .alternative(let first, let second):
      let outcome = first.read(matches, document, tree, constants)
      // `//` does not catch errors: libjq raises what its left side raises.
      if case .failure = outcome { return outcome }
      return outcome.isTruthy(document, constants)
        ? outcome : second.read(matches, document, tree, constants)
    }
  }

  /// The node whose value the expression gives where the document has one; nil for anything but a path.
  package var node: Int? {
    if case .path(let node, _) = self { node } else { nil }
  }

  /// What a path gives that leads to nothing: null, or an error where a step is taken into a value
  /// that has no such members.
  private static func absent(
    _ node: Int, _ path: PlainPath, _ matches: borrowing PathMatches, _ document: JSONScanner,
    _ tree: PathTree
  ) -> Outcome {
    var parent = tree.parent(of: node)
    var step = path.path.steps.count - 1
    while matches[parent] == nil, step > 0 {
      parent = tree.parent(of: parent)
      step -= 1
    }
    guard let found = matches[parent] else { return .missing }
    let kind = document.kind(found)
    switch (path.path.steps[step], kind) {
    case (_, .null), (.key, .object), (.index, .array): return .missing
    case (let taken, _): return path.isOptional[step] ? .nothing : .failure(Self.message(taken, kind))
    }
  }

  /// libjq's words for a step into a value that has no such members: they change from version to version.
  private static func message(_ step: JSONPathStep, _ kind: JSONKind) -> String {
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
      switch step {
      case .key(let key): JQValue(text: key).copied()
      case .index(let index): jv_number(Double(index))
      }
    return JQValue(consuming: jv_invalid_get_msg(jv_get(value, key))).string ?? ""
  }
}

extension PlainReader.Outcome {
  /// Whether `//` takes it: a value other than null and false.
  fileprivate func isTruthy(_ document: JSONScanner, _ constants: ConstantTable) -> Bool {
    let first: UInt8? =
      switch self {
      case .slice(let range): document.firstByte(range)
      case .constant(let number): constants.firstByte(number)
      case .missing, .nothing, .failure: nil
      }
    return first != nil && first != UInt8(ascii: "n") && first != UInt8(ascii: "f")
  }
}
