/// A JSON value: its type, its content and its parts.
///
/// A view of a value and the views of its parts share the bytes, which are checked and walked over once, so
/// that a view can be kept, copied and sent, and going through all of it takes time that grows with its length.
///
/// ```swift
/// let blueprints = try JSONView(validating: Array(#"[{"identifier": "service"}]"#.utf8))
/// for blueprint in blueprints.elements ?? [] {
///   print(blueprint["identifier"]?.text ?? "none")
/// }
/// ```
public struct JSONView: Sendable {
  private final class Document: Sendable {
    let bytes: [UInt8]
    let ends: ContainerEnds

    init(_ bytes: [UInt8], _ ends: ContainerEnds) {
      self.bytes = bytes
      self.ends = ends
    }
  }

  private let document: Document
  let span: JSONSpan

  /// A view of the one value that `bytes` hold, white space around it allowed.
  ///
  /// - Throws: ``JSONError`` for bytes that are not one JSON value.
  public init(validating bytes: [UInt8]) throws(JSONError) {
    _ = try bytes.withScanner { (scanner) throws(JSONError) in try scanner.checkDocument() }
    self.init(valid: bytes)
  }

  /// A view of the one value that `bytes` are known to hold, white space around it allowed.
  ///
  /// Bytes that hold anything else are looked at as far as they make sense.
  package init(valid bytes: [UInt8]) {
    let (range, ends) = bytes.withScanner { scanner in
      let start = scanner.skipWhitespace(0)
      let ends = ContainerEnds(scanner, from: start)
      let end = ends.after(0)?.end ?? (try? scanner.skipValue(start)) ?? scanner.count
      return (start..<end, ends)
    }
    document = Document(bytes, ends)
    span = JSONSpan(range: range, container: 0)
  }

  /// A view of a copy of the one value that the bytes of `scanner` are known to hold.
  package init(copying scanner: JSONScanner) {
    self.init(valid: Array(scanner.slice(0..<scanner.count)))
  }

  private init(_ document: Document, _ span: JSONSpan) {
    self.document = document
    self.span = span
  }
}

extension JSONView {
  /// The value's type.
  public var kind: JSONKind { withScanner { $0.kind(span.range) } }

  /// Where the value is, in bytes from the start of those that the outermost view was made of.
  package var range: Range<Int> { span.range }

  /// The text of a string, its escapes decoded, nil for anything else. What is no text is U+FFFD in it.
  public var text: String? {
    withScanner { $0.kind(span.range) == .string ? $0.text(span.range) : nil }
  }

  /// The digits of a number, as they are written, nil for anything else.
  public var number: String? { kind == .number ? json : nil }

  /// What a boolean is, nil for anything else.
  public var boolean: Bool? {
    kind == .boolean ? withScanner { $0.firstByte(span.range) == UInt8(ascii: "t") } : nil
  }

  /// The elements of an array, nil for anything else.
  public var elements: [JSONView]? {
    guard kind == .array else { return nil }
    return withScanner { scanner in
      var elements: [JSONView] = []
      var walk = ContainerWalk(scanner, ends, in: span)
      while let element = walk.nextElement() { elements.append(JSONView(document, element)) }
      return elements
    }
  }

  /// The members of an object, nil for anything else. Each key is there once: in the place where it is first,
  /// with the value that it has last.
  public var members: [(key: String, value: JSONView)]? {
    guard kind == .object else { return nil }
    return withScanner { scanner in
      var members = MemberStack(scanner)
      return members.add(span, ends).map { place in
        (scanner.text(members[place].key), JSONView(document, members[place].span))
      }
    }
  }

  /// The last member called `key` of an object; nil if there is none, or if this is not an object.
  ///
  /// Keys are compared by their bytes, as JSON's and jq's are.
  public subscript(key: String) -> JSONView? {
    guard kind == .object else { return nil }
    return withScanner { scanner in
      var found: JSONSpan?
      var walk = ContainerWalk(scanner, ends, in: span)
      while let member = walk.nextMember() {
        if scanner.isText(member.key, key) { found = member.span }
      }
      return found.map { JSONView(document, $0) }
    }
  }

  /// The element at `index` of an array, counted from 0; nil if there is none, or if this is not an array.
  public subscript(index: Int) -> JSONView? {
    guard let elements, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The value as JSON without white space: numbers keep their digits, strings their escapes.
  public var json: String {
    var bytes: [UInt8] = []
    withScanner { $0.copy(span.range, into: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where the objects and arrays end that the outermost view has.
  var ends: ContainerEnds { document.ends }

  /// Calls `body` with a scanner over the bytes of the outermost view, which must not be kept.
  func withScanner<Result>(_ body: (JSONScanner) -> Result) -> Result {
    document.bytes.withScanner(body)
  }
}

extension JSONView: CustomStringConvertible {
  /// The value as compact JSON.
  public var description: String { json }
}
