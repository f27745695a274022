import RawJSON

extension NativeRun {
  /// The elements of a list, nil for anything else.
  func elements(_ value: NativeValue) -> UnsafeBufferPointer<NativeValue>? {
    switch value {
    case .list(let elements): return elements
    case .json(let json) where json[0] == UInt8(ascii: "["):
      let scanner = JSONScanner(json)
      var elements: [NativeValue] = []
      scanner.forEachElement(0) { elements.append(.json(scanner.slice($0))) }
      return arena.copy(elements)
    default: return nil
    }
  }

  /// `[generator]`
  func collect(_ generator: NativeGenerator, _ input: NativeValue) -> NativeValue? {
    var elements: [NativeValue] = []
    let isDone = each(generator, input) { element in
      elements.append(element)
      return true
    }
    return isDone ? .list(arena.copy(elements)) : nil
  }

  /// Calls `body` with each value that `generator` gives for `input`.
  ///
  /// - Returns: false where only libjq can tell, or `body` said so.
  private func each(
    _ generator: NativeGenerator, _ input: NativeValue, _ body: (NativeValue) -> Bool
  ) -> Bool {
    arena.countStep()
    guard !arena.isExhausted else { return false }
    switch generator {
    case .single(let expression):
      return value(expression, input).map(body) ?? false
    case .iterate(let expression, let isOptional):
      guard let target = value(expression, input) else { return false }
      if let elements = elements(target) { return elements.allSatisfy(body) }
      return isOptional && target.kind != .object
    case .select(let condition):
      guard let found = value(condition, input) else { return false }
      return found.isTrue ? body(input) : true
    case .empty: return true
    case .recurse: return recurse(input, body)
    case .kinds(let kinds): return kinds.contains(input.kind) ? body(input) : true
    case .optional(let path):
      switch reach(path, from: input) {
      case .value(let value): return body(value)
      case .nothing: return true
      case .unknown: return false
      }
    case .alternative(let first, let second):
      var found = false
      let isDone = each(first, input) { value in
        guard value.isTrue else { return true }
        found = true
        return body(value)
      }
      return isDone && (found || each(second, input, body))
    case .pipe(let first, let second):
      return each(first, input) { each(second, $0, body) }
    case .comma(let first, let second):
      return each(first, input, body) && each(second, input, body)
    }
  }

  /// How deep `..` goes, which calls itself once a level; libjq goes deeper.
  private static let recursionLimit = 200

  /// Calls `body` with the value and everything inside of it, each before what it holds.
  private func recurse(_ value: NativeValue, depth: Int = 0, _ body: (NativeValue) -> Bool) -> Bool {
    arena.countStep()
    guard depth < Self.recursionLimit, !arena.isExhausted, body(value) else { return false }
    if case .json(let json) = value, json[0] == UInt8(ascii: "{") {
      let scanner = JSONScanner(json)
      return scanner.lastMembers(0).allSatisfy {
        recurse(.json(scanner.slice($0.value)), depth: depth + 1, body)
      }
    }
    return elements(value)?.allSatisfy { recurse($0, depth: depth + 1, body) } ?? true
  }

  /// `.[from:to]` of a list, of a text, or of null.
  func slice(_ value: NativeValue, _ from: Int?, _ to: Int?) -> NativeValue? {
    if value.kind == .null { return .null }
    if let elements = elements(value) {
      return .list(UnsafeBufferPointer(rebasing: elements[Self.range(from, to, elements.count)]))
    }
    guard let text = value.text(arena) else { return nil }
    let range = Self.range(from, to, Self.characters(text))
    let start = Self.offset(of: range.lowerBound, in: text, from: 0)
    return .text(Self.part(text, start..<Self.offset(of: range.count, in: text, from: start)))
  }

  /// The offset after `count` characters that begin at `start`.
  private static func offset(of count: Int, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var offset = start
    for _ in 0..<count {
      offset += 1
      while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return min(offset, text.count)
  }

  private static func characters(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    text.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private static func range(_ from: Int?, _ to: Int?, _ count: Int) -> Range<Int> {
    let start = place(from ?? 0, count)
    return start..<max(start, place(to ?? count, count))
  }

  /// A place counted from the end if it is negative, and no further out than a list of `count` elements.
  private static func place(_ index: Int, _ count: Int) -> Int {
    min(max(index < 0 ? index + count : index, 0), count)
  }

  /// `.[index]` of a list or of null.
  func element(_ value: NativeValue, _ index: Int) -> NativeValue? {
    if value.kind == .null { return .null }
    guard let elements = elements(value) else { return nil }
    let place = index < 0 ? index + elements.count : index
    return elements.indices.contains(place) ? elements[place] : .null
  }

  /// `length` of what is no number and no object: of a text in characters.
  func length(_ value: NativeValue) -> NativeValue? {
    switch value.read(arena) {
    case .null: .number(0)
    case .text(let text): .number(Self.characters(text))
    case .list, .json: elements(value).map { .number($0.count) }
    case .boolean, .number, nil: nil
    }
  }

  /// Compares values of one simple type; of two types, only whether they are equal.
  func compare(
    _ comparison: NativeExpression.Comparison, _ first: NativeValue, _ second: NativeValue
  ) -> NativeValue? {
    guard first.kind == second.kind else {
      switch comparison {
      case .equal: return .boolean(false)
      case .notEqual: return .boolean(true)
      default: return nil
      }
    }
    return order(first, second).map { .boolean(Self.holds(comparison, $0)) }
  }

  /// How two values of the same type compare: below 0 where the first is less.
  private func order(_ first: NativeValue, _ second: NativeValue) -> Int? {
    switch (first.read(arena), second.read(arena)) {
    case (.null, .null): 0
    case (.boolean(let first), .boolean(let second)): (first ? 1 : 0) - (second ? 1 : 0)
    case (.number(let first), .number(let second)): first < second ? -1 : first > second ? 1 : 0
    case (.text(let first), .text(let second)):
      first.elementsEqual(second) ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
    default: nil
    }
  }

  private static func holds(_ comparison: NativeExpression.Comparison, _ order: Int) -> Bool {
    switch comparison {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}
