import YAMLTree

/// Reads a YAML document by a grammar, once and tolerantly: what is wrong or missing costs only itself, and
/// all of it is said.
struct DocumentReader {
  /// A document and what is wrong with it.
  struct Document: Sendable {
    /// The file, as messages name it.
    let file: String
    /// The file's bytes.
    let source: [UInt8]
    /// All that the document holds and its grammar knows.
    let root: DocumentNode
    /// What is wrong, or doubtful, in the file's order.
    let problems: [Diagnostic]
  }

  private let grammar: Grammar
  private let file: String
  private let source: [UInt8]
  private var problems: [Diagnostic] = []
  private var errors = 0

  private init(_ grammar: Grammar, _ source: [UInt8], _ file: String) {
    self.grammar = grammar
    self.source = source
    self.file = file
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``DiagnosticsError`` where it cannot be read or is not YAML.
  static func read(contentsOf path: String, by grammar: Grammar) throws(DiagnosticsError) -> Document {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileBytes.read(path)
    } catch {
      throw DiagnosticsError([error.diagnostic])
    }
    return try read(yaml: bytes, by: grammar, file: path)
  }

  /// Reads YAML text; `file` names it in messages.
  ///
  /// - Throws: ``DiagnosticsError`` where it is not YAML.
  static func read(
    yaml source: [UInt8], by grammar: Grammar, file: String
  ) throws(DiagnosticsError) -> Document {
    let yaml: YAMLNode
    do throws(YAMLError) {
      yaml = try YAMLParser.parse(source)
    } catch {
      throw DiagnosticsError([YAMLProblem(error, in: source, of: grammar, file: file).diagnostic])
    }
    var reader = DocumentReader(grammar, source, file)
    let root = reader.node(yaml, nil, "") { $0.mapping(yaml, [grammar.root], grammar.root.phrase, "") }
    return Document(file: file, source: source, root: root, problems: reader.problems.inFileOrder())
  }

  private mutating func node(
    _ yaml: YAMLNode, _ key: YAMLNode?, _ path: String,
    _ read: (inout DocumentReader) -> DocumentNode.Content
  ) -> DocumentNode {
    let before = errors
    let content = read(&self)
    return DocumentNode(path: path, key: key, yaml: yaml, content: content, isWellFormed: errors == before)
  }

  // MARK: Values

  private mutating func content(
    _ yaml: YAMLNode, _ value: Grammar.Value, _ key: String, _ path: String, help: String?
  ) -> DocumentNode.Content {
    switch value {
    case .flag:
      if let boolean = yaml.boolean { return .flag(boolean) }
      let help = "write `\(key): true` or `\(key): false`, without quotes"
      return wrong(yaml, "`\(key)` is \(yaml.kindName), not true or false", path, help)
    case .number(let range, _):
      if let number = yaml.number, range.contains(number) { return .number(number) }
      let bounds = "from \(range.lowerBound.short) to \(range.upperBound.short)"
      return wrong(yaml, "`\(key)` is \(yaml.kindName), not a number \(bounds)", path, help)
    case .integer(let range, _):
      if let integer = yaml.integer, range.contains(integer) { return .number(Double(integer)) }
      let bounds = "from \(range.lowerBound) to \(range.upperBound)"
      return wrong(yaml, "`\(key)` is \(yaml.kindName), not a whole number \(bounds)", path, help)
    case .choice(let texts, _):
      return choice(yaml, texts, key, path)
    case .name:
      if let text = yaml.string, !text.isEmpty { return .text(text) }
      return wrong(yaml, "`\(key)` is \(yaml.kindName), not a name", path, help)
    case .text:
      if let text = yaml.string { return .text(text) }
      return wrong(
        yaml, "`\(key)` is \(yaml.kindName), not text", path, help ?? "write it in one line, as `\(key): …`")
    case .jq: return expression(yaml, path)
    case .template: return template(yaml, key, path)
    case .templates: return templates(yaml, key, path)
    case .orMapping(let value, let parts):
      let isMapping = yaml.mapping != nil
      return isMapping
        ? mapping(yaml, parts, "`\(key)`", path) : content(yaml, value, key, path, help: help)
    case .mapping(let part): return mapping(yaml, [part], "`\(key)`", path)
    case .list(let parts): return list(yaml, parts, key, path)
    case .mappingOrList(let part):
      guard let elements = yaml.sequence else { return mapping(yaml, [part], "`\(key)`", path) }
      return self.elements(elements, [part], "`\(key)`", path)
    case .members(let value): return members(yaml, value, key, path)
    case .names: return names(yaml, key, path)
    case .anything: return .anything
    }
  }

  private mutating func expression(_ yaml: YAMLNode, _ path: String) -> DocumentNode.Content {
    if let scalar = yaml.scalar {
      return .expression(ConfigExpression(scalar, at: SourceLocation(yaml.start, in: file)))
    }
    return wrong(
      yaml, "this must be a jq expression, and is \(yaml.kindName)", path,
      BracketHelp(source).help(yaml, path))
  }

  /// What other tools write for `off`.
  private static let wordsForOff: Set<String> = [
    "ignore", "false", "none", "no", "disable", "disabled", "allow", "skip", "0",
  ]

  private mutating func choice(
    _ yaml: YAMLNode, _ texts: [String], _ key: String, _ path: String
  ) -> DocumentNode.Content {
    if let text = yaml.string, texts.contains(text) { return .text(text) }
    let shown = yaml.string.map { $0.isEmpty ? "empty" : "`\($0)`" } ?? yaml.kindName
    let known = texts.map { "`\($0)`" }.joined(separator: ", ")
    let nearest = yaml.string.flatMap {
      texts.contains("off") && Self.wordsForOff.contains($0) ? "off" : Spelling.nearest(to: $0, in: texts)
    }
    return wrong(
      yaml, "`\(key)` is \(shown), not one of \(known)", path,
      nearest.map { "did you mean `\($0)`?" } ?? "write `\(key): \(texts.first ?? "")` or another of them")
  }

  private mutating func names(_ yaml: YAMLNode, _ key: String, _ path: String) -> DocumentNode.Content {
    guard let elements = yaml.sequence else {
      return wrong(yaml, "`\(key)` is \(yaml.kindName), not a list", path, "write `\(key): [one, another]`")
    }
    return .list(
      elements.enumerated().map { index, yaml in
        let path = "\(path)[\(index)]"
        return node(yaml, nil, path) {
          $0.content(yaml, .name(default: nil), "\(key)[\(index)]", path, help: nil)
        }
      })
  }

  // MARK: Templates

  private mutating func template(_ yaml: YAMLNode, _ key: String, _ path: String) -> DocumentNode.Content {
    guard let scalar = yaml.scalar else {
      return wrong(
        yaml, "`\(key)` is \(yaml.kindName), not text", path,
        "write it as text; where it begins with {{, put it in quotes: `\(key): \"{{ … }}\"`")
    }
    do throws(TemplateError) {
      return .template(try Template(scalar, at: SourceLocation(yaml.start, in: file)))
    } catch {
      errors += 1
      problems.append(error.diagnostic(field: path))
      return .wrong
    }
  }

  /// Any value, of which the texts are templates. The YAML reader limits how deep nodes nest.
  private mutating func templates(_ yaml: YAMLNode, _ key: String, _ path: String) -> DocumentNode.Content {
    if let mapping = yaml.mapping {
      let members = mapping.entries.map { entry in
        let path = "\(path).\(entry.keyText)"
        return node(entry.value, entry.key, path) { $0.templates(entry.value, entry.keyText, path) }
      }
      return .mapping(members, rows: [])
    }
    if let elements = yaml.sequence {
      return .list(
        elements.enumerated().map { index, yaml in
          let path = "\(path)[\(index)]"
          return node(yaml, nil, path) { $0.templates(yaml, key, path) }
        })
    }
    let isText = !yaml.isNull && yaml.boolean == nil && yaml.number == nil
    return isText ? template(yaml, key, path) : .anything
  }

  private mutating func list(
    _ yaml: YAMLNode, _ parts: [Grammar.Part], _ key: String, _ path: String
  ) -> DocumentNode.Content {
    if let elements = yaml.sequence {
      return self.elements(elements, parts, parts.first?.phrase ?? key, path)
    }
    let help = parts.last.flatMap { part in
      grammar.rows(of: part).first.map { "start each \(part.name) with a dash: `- \($0.key): …`" }
    }
    return wrong(yaml, "`\(key)` is \(yaml.kindName), not a list", path, help)
  }

  private mutating func elements(
    _ elements: [YAMLNode], _ parts: [Grammar.Part], _ phrase: String, _ path: String
  ) -> DocumentNode.Content {
    .list(
      elements.enumerated().map { index, yaml in
        let path = "\(path)[\(index)]"
        return node(yaml, nil, path) { $0.mapping(yaml, parts, phrase, path) }
      })
  }

  // MARK: Mappings

  private mutating func mapping(
    _ yaml: YAMLNode, _ parts: [Grammar.Part], _ phrase: String, _ path: String
  ) -> DocumentNode.Content {
    guard let mapping = yaml.mapping else { return noMapping(yaml, phrase, path) }
    guard let part = grammar.part(of: parts, withKeys: mapping.entries.map(\.keyText)) else {
      return .anything
    }
    let rows = grammar.rows(of: part)
    // A key that is misspelt or in the wrong place is said to be that, and its absence is not said, too.
    var meant: Set<String> = []
    let members = mapping.entries.compactMap { entry -> DocumentNode? in
      guard let row = rows.first(where: { $0.key == entry.keyText }) else {
        guard isUnknown(entry, part, rows, isRoot: path.isEmpty) else { return nil }
        let cure = KeyCure(entry, in: mapping, of: part, grammar)
        let isSaid = cure.standsFor.map { !meant.insert($0).inserted } ?? false
        if !isSaid { reportUnknownKey(entry, cure) }
        return nil
      }
      return member(entry, row, path)
    }
    for row in rows where row.presence != .optional && mapping[row.key] == nil && !meant.contains(row.key) {
      let isRoot = path.isEmpty
      report(
        .missingKey, isRoot ? "there is no `\(row.key)` key" : "`\(row.key)` is missing in \(path)", at: yaml,
        Self.misindented(row.key, in: mapping) ?? row.help, path)
    }
    return .mapping(members, rows: rows)
  }

  /// What to do with a key that is one level too deep.
  private static func misindented(_ key: String, in mapping: YAMLMapping) -> String? {
    mapping.entries.first { $0.value.mapping?[key] != nil }.map {
      "it is under `\($0.keyText):`: write it in the column of `\($0.keyText):`"
    }
  }

  private mutating func member(
    _ entry: YAMLMapping.Entry, _ row: Grammar.Row, _ path: String
  ) -> DocumentNode? {
    let yaml = entry.value
    let ownPath = path.isEmpty ? row.key : "\(path).\(row.key)"
    guard yaml.isNull else {
      return node(yaml, entry.key, ownPath) {
        $0.content(yaml, row.value, row.key, ownPath, help: row.help)
      }
    }
    if row.presence == .required {
      report(
        .missingKey, "`\(row.key)` is empty" + (path.isEmpty ? "" : " in \(path)"), at: yaml, row.help, path)
    }
    guard row.presence != .required, let content = row.value.emptyContent else { return nil }
    return node(yaml, entry.key, ownPath) { _ in content }
  }

  /// A mapping whose keys the author chooses. Those without a value are left out, with a warning.
  private mutating func members(
    _ yaml: YAMLNode, _ value: Grammar.Value, _ key: String, _ path: String
  ) -> DocumentNode.Content {
    guard let mapping = yaml.mapping else { return noMapping(yaml, "`\(key)`", path) }
    return .mapping(
      mapping.entries.compactMap { entry -> DocumentNode? in
        let path = "\(path).\(entry.keyText)"
        if entry.value.isNull {
          report(
            .missingKey, "`\(entry.keyText)` has no \(value.noun); it is left out", at: entry.key,
            value.isExpression
              ? "write the jq expression after the colon, or `null` in quotes for a null"
              : "write it after the colon", path, .warning)
          return nil
        }
        return node(entry.value, entry.key, path) {
          $0.content(entry.value, value, entry.keyText, path, help: nil)
        }
      }, rows: [])
  }

  // MARK: Problems

  private mutating func noMapping(_ yaml: YAMLNode, _ phrase: String, _ path: String) -> DocumentNode.Content
  {
    wrong(
      yaml, "\(phrase) is a mapping of keys to values; this is \(yaml.kindName)", path,
      noMappingHelp(yaml, path))
  }

  private func noMappingHelp(_ yaml: YAMLNode, _ path: String) -> String {
    guard let text = yaml.string, !text.isEmpty, path.hasSuffix(".selector") else {
      return "write `key: value` lines here"
    }
    return "write it below its key, on the next line: `query: \(text)`"
  }

  private mutating func reportUnknownKey(_ entry: YAMLMapping.Entry, _ cure: KeyCure) {
    report(.unknownKey, cure.message, at: entry.key, cure.help, "", cure.severity)
    problems[problems.count - 1].fix = cure.nearest.flatMap {
      Diagnostic.Fix(renaming: entry.key, to: $0, in: file)
    }
  }

  /// Whether a key without a row is a mistake. At the top, one may hold what an alias repeats.
  private func isUnknown(
    _ entry: YAMLMapping.Entry, _ part: Grammar.Part, _ rows: [Grammar.Row], isRoot: Bool
  ) -> Bool {
    let key = entry.keyText
    if part.misplacedKeys.contains(key) { return true }
    if part.isOpen { return part.reportsSlips && rows.contains { Spelling.slips(of: $0.key).contains(key) } }
    return !(isRoot && (key.hasPrefix("x-") || key.hasPrefix(".") || entry.value.holdsAnchor))
  }

  private mutating func wrong(
    _ yaml: YAMLNode, _ message: String, _ path: String, _ help: String?
  ) -> DocumentNode.Content {
    report(.wrongType, message, at: yaml, help, path)
    return .wrong
  }

  private mutating func report(
    _ rule: Diagnostic.Rule, _ message: String, at yaml: YAMLNode, _ help: String?, _ path: String,
    _ severity: Diagnostic.Severity = .error
  ) {
    if severity == .error { errors += 1 }
    problems.append(
      Diagnostic(
        severity, rule, message, help: help, at: SourceLocation(yaml.start, in: file),
        to: yaml.headEnd(in: file), field: path.isEmpty ? nil : path))
  }
}

extension Grammar.Value {
  /// Whether it is a jq expression, at least as a rule.
  fileprivate var isExpression: Bool {
    switch self {
    case .jq: true
    case .orMapping(let value, _): value.isExpression
    default: false
    }
  }

  /// What a message calls it.
  fileprivate var noun: String { isExpression ? "expression" : "value" }

  /// What a key without a value is, nil where it is as if it were left out.
  fileprivate var emptyContent: DocumentNode.Content? {
    switch self {
    case .list: .list([])
    case .members: .mapping([], rows: [])
    default: nil
    }
  }
}

extension Double {
  /// The number without a fraction that is zero.
  fileprivate var short: String { Int(exactly: self).map(String.init) ?? description }
}

extension Diagnostic.Rule {
  /// The text is not YAML.
  public static let yamlSyntax = Self("yaml-syntax")
  /// A key that must be there is missing.
  public static let missingKey = Self("missing-key")
  /// A key that nothing reads.
  public static let unknownKey = Self("unknown-key")
  /// A value of the wrong type or outside its range.
  public static let wrongType = Self("wrong-type")
}
