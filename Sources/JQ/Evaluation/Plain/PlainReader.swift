import RawJSON

/// A plain expression, ready to be read off a document.
indirect enum PlainReader: Sendable {
  case constant(ConstantTable.Number)
  case path(PathReader)
  case alternative(PlainReader, PlainReader)

  /// A reader of `expression`, whose paths are added to `paths` and whose constants to `constants`.
  init(_ expression: PlainExpression, _ paths: inout PathTree.Builder, _ constants: inout ConstantTable) {
    switch expression {
    case .constant(let json):
      self = .constant(constants.add(json))
    case .path(let path):
      self = .path(PathReader(path, &paths))
    case .alternative(let first, let second):
      self = .alternative(
        PlainReader(first, &paths, &constants), PlainReader(second, &paths, &constants))
    }
  }

  /// The path whose value the expression gives where the document has one; nil for anything but a path.
  var path: PathTree.Handle? {
    if case .path(let reader) = self { reader.handle } else { nil }
  }

  /// Whether the document is read at all.
  var readsDocument: Bool {
    switch self {
    case .constant: false
    case .path: true
    case .alternative(let first, let second): first.readsDocument || second.readsDocument
    }
  }
}
