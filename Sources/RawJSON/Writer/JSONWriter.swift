/// Writes JSON that is made here, value by value.
///
/// ```swift
/// let json = JSONWriter.object(.spaced) { object in
///   object.add("kind", text: "issue")
///   object.add("raw", 3)
/// }
/// // {"kind": "issue", "raw": 3}
/// ```
package struct JSONWriter {
  /// Where there is white space.
  package enum Style: Sendable {
    /// Nowhere: `{"a":1,"b":[2,3]}`.
    case compact
    /// After each colon and comma, and each element of an array is on a line of its own, so that a person can
    /// read a long one and a tool can compare it by lines.
    case spaced
    /// Each member and each element is on a line of its own, two spaces a level.
    case indented
  }

  private let style: Style
  /// How many objects and arrays are open.
  private var depth = 0
  /// Whether the innermost of them has nothing in it so far.
  private var isEmpty = true
  private var isAfterKey = false

  /// What has been written.
  package private(set) var bytes: [UInt8] = []

  /// A writer that has written nothing.
  package init(_ style: Style = .compact) {
    self.style = style
  }

  /// The object that `members` adds the members of.
  package static func object(_ style: Style = .compact, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(style)
    writer.object(members)
    return writer.bytes
  }
}

// MARK: Values

extension JSONWriter {
  /// Writes an object; `members` writes a key before each value.
  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  /// Writes an array; `elements` writes its values.
  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    container(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
  }

  /// Writes the key of an object's next value.
  package mutating func key(_ key: String) {
    separate(inArray: false)
    JSONText.encode(key, into: &bytes)
    endKey()
  }

  /// Writes a string.
  package mutating func text(_ text: String) {
    begin()
    JSONText.encode(text, into: &bytes)
  }

  /// Writes a whole number.
  package mutating func number(_ number: Int) {
    json(String(number).utf8)
  }

  /// Writes `true` or `false`.
  package mutating func boolean(_ boolean: Bool) {
    json((boolean ? "true" : "false").utf8)
  }

  /// Writes `null`.
  package mutating func null() {
    json("null".utf8)
  }

  /// Writes a value that is JSON already, byte for byte.
  package mutating func json(_ json: some Sequence<UInt8>) {
    begin()
    bytes.append(contentsOf: json)
  }

  /// Writes a value that is there already, in the style of all others: numbers keep their digits, strings their
  /// escapes.
  package mutating func value(_ view: JSONView) {
    view.withScanner { scanner in
      var copier = StyledCopier(scanner: scanner, ends: view.ends, members: MemberStack(scanner))
      copier.copy(view.span, into: &self)
    }
  }

  /// Writes the key of an object's next value, which is a JSON string already.
  fileprivate mutating func key(json: [UInt8]) {
    separate(inArray: false)
    bytes.append(contentsOf: json)
    endKey()
  }
}

// MARK: Members

extension JSONWriter {
  /// Adds a string to an object.
  package mutating func add(_ key: String, text: String) {
    self.key(key)
    self.text(text)
  }

  /// Adds a whole number to an object.
  package mutating func add(_ key: String, _ number: Int) {
    self.key(key)
    self.number(number)
  }

  /// Adds `true` or `false` to an object.
  package mutating func add(_ key: String, _ boolean: Bool) {
    self.key(key)
    self.boolean(boolean)
  }

  /// Adds a value that is JSON already to an object.
  package mutating func add(_ key: String, json: some Sequence<UInt8>) {
    self.key(key)
    self.json(json)
  }

  /// Adds an array of values that are JSON already to an object.
  package mutating func add(_ key: String, array: [[UInt8]]) {
    self.key(key)
    self.array { writer in
      for json in array { writer.json(json) }
    }
  }
}

// MARK: White space

extension JSONWriter {
  private mutating func container(_ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
    begin()
    bytes.append(open)
    depth += 1
    isEmpty = true
    content(&self)
    depth -= 1
    if !isEmpty {
      switch style {
      case .spaced where close == UInt8(ascii: "]"): bytes.append(UInt8(ascii: "\n"))
      case .indented: breakLine()
      case .compact, .spaced: break
      }
    }
    bytes.append(close)
    isEmpty = false
  }

  /// Begins a value, which follows a key, another element, or nothing.
  private mutating func begin() {
    if isAfterKey {
      isAfterKey = false
    } else if depth > 0 {
      separate(inArray: true)
    }
  }

  private mutating func endKey() {
    bytes.append(contentsOf: (style == .compact ? ":" : ": ").utf8)
    isAfterKey = true
  }

  /// Separates what follows from what is before it in the innermost array or object.
  private mutating func separate(inArray: Bool) {
    if !isEmpty { bytes.append(UInt8(ascii: ",")) }
    switch style {
    case .spaced where inArray: bytes.append(UInt8(ascii: "\n"))
    case .spaced where !isEmpty: bytes.append(UInt8(ascii: " "))
    case .indented: breakLine()
    case .compact, .spaced: break
    }
    isEmpty = false
  }

  private mutating func breakLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }
}

/// Copies a valid value in the style of a writer.
///
/// It calls itself once a level; a scan has found the levels to be few enough.
private struct StyledCopier {
  let scanner: JSONScanner
  let ends: ContainerEnds
  var members: MemberStack

  mutating func copy(_ span: JSONSpan, into writer: inout JSONWriter) {
    switch scanner.byte(span.range.lowerBound) {
    case UInt8(ascii: "{"):
      writer.object { writer in
        let places = members.add(span, ends)
        for place in places {
          let member = members[place]
          writer.key(json: copied(member.key))
          copy(member.span, into: &writer)
        }
        members.cut(to: places.lowerBound)
      }
    case UInt8(ascii: "["):
      writer.array { writer in
        var walk = ContainerWalk(scanner, ends, in: span)
        while let element = walk.nextElement() { copy(element, into: &writer) }
      }
    default:
      writer.json(copied(span.range))
    }
  }

  private func copied(_ range: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    scanner.copy(range, into: &bytes)
    return bytes
  }
}
