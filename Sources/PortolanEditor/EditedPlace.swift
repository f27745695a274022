import Portolan

/// A place in a file that is open, and what is known of it.
struct EditedPlace {
  let file: EditedFile
  let document: OpenDocument
  let linter: EditorLinter
  /// The line, counted from 0.
  let line: Int
  /// The column in characters, counted from 0.
  let column: Int
  let context: KeyContext
  /// What lint found in the document as it is; nil where that is not known yet.
  private let linted: LintedDocument?

  init(
    _ path: String, _ document: OpenDocument, _ position: EditorPosition, _ linter: EditorLinter,
    _ linted: LintedDocument?
  ) {
    self.linted = linted
    file = EditedFile(path, document.text)
    self.document = document
    self.linter = linter
    line = position.line
    column = document.column(position)
    context = KeyContext(document.lines.map(Self.string), line: line, column: column)
  }

  /// What can be run of the config that the place is in; nil where it is in none.
  var config: PortAppConfig? { linted.map(\.config) ?? file.config(linter) }

  /// The line up to the cursor.
  var before: String { lineScalars.map { Self.string($0.prefix(column)) } ?? "" }

  /// The key on the line.
  var key: String? {
    guard let scalars = lineScalars else { return nil }
    let text = Self.string(scalars).drop { $0 == " " || $0 == "-" }
    return text.firstIndex(of: ":").map { String(text[..<$0]) }
  }

  /// The word around the cursor, where it is neither a key of a path nor a variable.
  var word: (text: String, isAtLineStart: Bool)? {
    guard let scalars = lineScalars, scalars.indices.contains(column), Self.isOfWord(scalars[column]) else {
      return nil
    }
    let start = column - scalars[..<column].reversed().prefix(while: Self.isOfWord).count
    let word = scalars[start...].prefix(while: Self.isOfWord)
    guard let before = scalars[..<start].last else { return nil }
    let isAtLineStart =
      scalars[..<start].allSatisfy { $0 == " " || $0 == "-" } && scalars[word.endIndex...].first == ":"
    return [".", "$", "@"].contains(before) ? nil : (Self.string(word), isAtLineStart)
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar))
  }

  /// What fetches the kind of the resource that the place is in.
  var fetcherKind: FetcherDefinition.Kind? {
    let own = file.target.fetcherPath.map { try? FetcherDefinition.load(contentsOf: $0) }
    let definition = own ?? file.integration.flatMap { linter.fetcher($0.name) }
    return context.kind.flatMap { definition?.kind(named: $0) }
  }

  var keys: DocumentKeys { file.isFetcher ? .fetcher : .config }

  var blueprints: Blueprints? {
    file.target.blueprintsPath.flatMap { try? Blueprints.load(contentsOf: $0) }
  }

  private var lineScalars: [Unicode.Scalar]? {
    document.lines.indices.contains(line) ? document.lines[line] : nil
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}

/// The URIs of files.
enum FileURI {
  /// The `file:` URI of a path.
  static func uri(_ path: String) -> String {
    let plain = Set("-._~/".utf8)
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes = Array("file://".utf8)
    for byte in path.utf8 {
      let isLetterOrDigit = Unicode.Scalar(byte).properties.isAlphabetic || (48...57).contains(byte)
      if byte < 128, isLetterOrDigit || plain.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [37, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The path of a `file:` URI; any other is taken for a path.
  static func path(_ uri: String) -> String {
    guard uri.hasPrefix("file://") else { return uri }
    var bytes: [UInt8] = []
    var rest = uri.utf8.dropFirst(7)
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
