import Testing

@testable import YAMLTree

/// The error of a text that must not parse.
func failure(
  _ text: String, limits: YAMLLimits = .default, sourceLocation: SourceLocation = #_sourceLocation
) throws -> YAMLError {
  try failure(Array(text.utf8), limits: limits, sourceLocation: sourceLocation)
}

func failure(
  _ bytes: [UInt8], limits: YAMLLimits = .default, sourceLocation: SourceLocation = #_sourceLocation
) throws -> YAMLError {
  try #require(throws: YAMLError.self, sourceLocation: sourceLocation) {
    try YAMLParser.parse(bytes, limits: limits)
  }
}

/// All scalars of a tree, keys included.
func scalars(in node: YAMLNode) -> [YAMLScalar] {
  switch node.value {
  case .scalar(let scalar): [scalar]
  case .sequence(let nodes): nodes.flatMap(scalars(in:))
  case .mapping(let mapping): mapping.entries.flatMap { scalars(in: $0.key) + scalars(in: $0.value) }
  }
}
