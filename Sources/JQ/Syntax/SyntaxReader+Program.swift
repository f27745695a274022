extension SyntaxReader {
  mutating func readProgram() throws(Fault) -> Program {
    let metadata = try readModule()
    var imports: [Import] = []
    while isAt(.import) || isAt(.include) {
      imports.append(try readImport())
    }
    var definitions: [(definition: FunctionDefinition, height: Int)] = []
    while isAt(.def) {
      definitions.append(try readDefinition())
    }
    guard kind != .end else {
      return Program(
        metadata: metadata, imports: imports, definitions: definitions.map(\.definition), body: nil,
        source: source)
    }
    var body = try readQuery()
    guard kind == .end else { throw trailing() }
    for (definition, height) in definitions.reversed() {
      body = try part(
        .definition(definition, body.expression), in: definition.range.lowerBound..<body.end,
        over: max(height, body.height))
    }
    return Program(metadata: metadata, imports: imports, body: body.expression, source: source)
  }

  /// Reads `def f(a; $b): body;`. The height is that of its body.
  mutating func readDefinition() throws(Fault) -> (definition: FunctionDefinition, height: Int) {
    let start = here.lowerBound
    advance()
    guard kind == .identifier else { throw unexpected(["the function's name"], "after `def`") }
    let name = take()
    let parameters = isAt(.openParenthesis) ? try readParameters() : []
    try expect(.colon, "before the body of `\(name)`")
    let body = try readNestedQuery()
    try expect(.semicolon, "after the body of `\(name)`", hint: "a definition ends with `;`")
    let definition = FunctionDefinition(
      name: name, parameters: parameters, body: body.expression, range: start..<lastEnd)
    return (definition, body.height)
  }

  private mutating func readParameters() throws(Fault) -> [FunctionDefinition.Parameter] {
    let opening = here
    var parameters: [FunctionDefinition.Parameter] = []
    repeat {
      advance()
      switch kind {
      case .identifier: parameters.append(.filter(word))
      case .variable: parameters.append(.value(word))
      case .end: throw unclosed(opening, with: "`)`")
      default: throw unexpected(["a parameter"], "in a definition", hint: "as in `def f(g; $x): …;`")
      }
      advance()
    } while isAt(.semicolon)
    if isAt(.comma) { throw unexpected(["`;`", "`)`"], "in a definition", hint: "`;` separates parameters") }
    try close(opening, with: .closeParenthesis)
    return parameters
  }

  private mutating func readModule() throws(Fault) -> Expression? {
    guard skip(.module) else { return nil }
    let metadata = try readMetadata()
    try expect(.semicolon, "after the module's metadata")
    return metadata
  }

  private mutating func readImport() throws(Fault) -> Import {
    let start = here.lowerBound
    let isInclude = isAt(.include)
    advance()
    let path = try readImportPath()
    let kind = isInclude ? .include : try readImportName()
    let metadata = isAt(.semicolon) ? nil : try readMetadata()
    try expect(.semicolon, "after a directive", hint: "`import` and `include` end with `;`")
    return Import(path: path, kind: kind, metadata: metadata, range: start..<lastEnd)
  }

  private mutating func readImportPath() throws(Fault) -> String {
    let start = here.lowerBound
    guard let (template, _) = try readString() else {
      throw unexpected(["the path in double quotes"], "after `import` or `include`")
    }
    guard let path = template.constant else {
      throw fault(start..<lastEnd, "the path of a module must be plain text")
    }
    return path
  }

  private mutating func readImportName() throws(Fault) -> Import.Kind {
    try expect(.as, "after the path", hint: "as in `import \"path\" as name;`")
    defer { advance() }
    switch kind {
    case .identifier: return .module(word)
    case .variable: return .data(word)
    default: throw unexpected(["a name", "`$name`"], "after `as`")
    }
  }

  private mutating func readMetadata() throws(Fault) -> Expression {
    let metadata = try readNestedQuery().expression
    guard metadata.constantKind == .object else {
      throw fault(metadata.range, "the metadata of a module must be a constant object")
    }
    return metadata
  }
}
