/// Whether JSON values mean the same: members in any order and the last of duplicate keys, texts by their bytes after
/// escapes are decoded, never normalized.
package enum JSONEquality {
  /// When two numbers are the same.
  package enum Numbers: Sendable {
    /// As decimals, digit for digit: `1.0` is `1`, and integers beyond 2⁵³ keep their digits.
    case decimals
    /// As doubles: what libjq 1.6 keeps of them.
    case doubles
  }

  /// Whether both values mean the same; nothing is built for members that are in the same order.
  ///
  /// - Parameters:
  ///   - first: one value.
  ///   - second: the other.
  ///   - numbers: when numbers are the same.
  ///   - ignored: the paths from the values to what is left out of both.
  /// - Returns: whether all the rest is the same.
  package static func areEqual(
    _ first: JSONView, _ second: JSONView, numbers: Numbers, ignoring ignored: [ArraySlice<JSONPathStep>] = []
  ) -> Bool {
    first.withScanner { a in
      second.withScanner { b in
        if a.slice(first.span.range).elementsEqual(b.slice(second.span.range)) { return true }
        var walk = EqualityWalk(
          numbers: numbers, first: Side(a, first.ends), second: Side(b, second.ends))
        return walk.areEqual(first.span, second.span, ignored)
      }
    }
  }
}

/// One of the two texts.
private struct Side {
  let scanner: JSONScanner
  let ends: ContainerEnds
  var members: MemberStack

  init(_ scanner: JSONScanner, _ ends: ContainerEnds) {
    self.scanner = scanner
    self.ends = ends
    members = MemberStack(scanner)
  }

  func key(_ place: Int) -> UnsafeBufferPointer<UInt8> { scanner.stringBody(members[place].key) }

  func elements(_ span: JSONSpan) -> [JSONSpan] {
    var elements: [JSONSpan] = []
    var walk = ContainerWalk(scanner, ends, in: span)
    while let element = walk.nextElement() { elements.append(element) }
    return elements
  }
}

/// Goes through both values at the same time, each part once; a scan has found the levels to be few enough.
private struct EqualityWalk {
  typealias Ignored = [ArraySlice<JSONPathStep>]

  /// Up to how many members looking through all of them is quicker than a table.
  private static let fewMembers = 16

  let numbers: JSONEquality.Numbers
  var first: Side
  var second: Side

  mutating func areEqual(_ a: JSONSpan, _ b: JSONSpan, _ ignored: Ignored) -> Bool {
    let kind = first.scanner.kind(a.range)
    guard kind == second.scanner.kind(b.range) else { return false }
    switch kind {
    case .null: return true
    case .boolean: return first.scanner.firstByte(a.range) == second.scanner.firstByte(b.range)
    case .number: return areEqualNumbers(first.scanner.slice(a.range), second.scanner.slice(b.range))
    case .string: return areEqualTexts(first.scanner.stringBody(a.range), second.scanner.stringBody(b.range))
    case .array: return areEqualArrays(a, b, ignored)
    case .object: return areEqualObjects(a, b, ignored)
    }
  }

  private func areEqualNumbers(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    if a.count == b.count, a.elementsEqual(b) { return true }
    switch numbers {
    case .decimals: return JSONDecimal(a) == JSONDecimal(b)
    case .doubles:
      return Double(String(decoding: a, as: UTF8.self)) == Double(String(decoding: b, as: UTF8.self))
    }
  }

  private func areEqualTexts(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    if a.count == b.count, a.elementsEqual(b) { return true }
    if JSONText.isLiteral(a), JSONText.isLiteral(b) { return false }
    return JSONText.decoded(a) == JSONText.decoded(b)
  }

  private mutating func areEqualArrays(_ a: JSONSpan, _ b: JSONSpan, _ ignored: Ignored) -> Bool {
    var (before, after) = (first.elements(a), second.elements(b))
    var inside: [Int: Ignored] = [:]
    for path in ignored {
      if case .index(let index) = path.first, path.count > 1 {
        inside[index, default: []].append(path.dropFirst())
      }
    }
    var indices = Array(before.indices)
    if !ignored.isEmpty {
      let left = Set(ignored.compactMap { $0.count == 1 ? $0.first : nil })
      indices.removeAll { left.contains(.index($0)) }
      before = Self.without(left, before)
      after = Self.without(left, after)
    }
    guard before.count == after.count else { return false }
    for (place, index) in indices.enumerated() {
      guard areEqual(before[place], after[place], inside[index] ?? []) else { return false }
    }
    return true
  }

  private static func without(_ left: Set<JSONPathStep>, _ elements: [JSONSpan]) -> [JSONSpan] {
    elements.enumerated().filter { !left.contains(.index($0.offset)) }.map(\.element)
  }

  private mutating func areEqualObjects(_ a: JSONSpan, _ b: JSONSpan, _ ignored: Ignored) -> Bool {
    let before = first.members.add(a, first.ends)
    let after = second.members.add(b, second.ends)
    defer {
      first.members.cut(to: before.lowerBound)
      second.members.cut(to: after.lowerBound)
    }
    guard count(before, first, ignored) == count(after, second, ignored) else { return false }
    var places: [[UInt8]: Int]?
    for place in before {
      let rest = ignored.isEmpty ? [] : inside(first.key(place), ignored)
      guard let rest else { continue }
      guard let other = find(place, before, after, &places),
        areEqual(first.members[place].span, second.members[other].span, rest)
      else { return false }
    }
    return true
  }

  /// How many members are not left out.
  private func count(_ members: Range<Int>, _ side: Side, _ ignored: Ignored) -> Int {
    ignored.isEmpty ? members.count : members.count { inside(side.key($0), ignored) != nil }
  }

  /// What is left out of the member called `key`, nil where it is left out itself.
  private func inside(_ key: UnsafeBufferPointer<UInt8>, _ ignored: Ignored) -> Ignored? {
    let step = JSONPathStep.key(JSONText.string(key))
    let paths = ignored.filter { $0.first == step }
    return paths.contains { $0.count == 1 } ? nil : paths.map { $0.dropFirst() }
  }

  /// The second object's member that has the key of the first one's in `place`.
  private func find(
    _ place: Int, _ before: Range<Int>, _ after: Range<Int>, _ places: inout [[UInt8]: Int]?
  ) -> Int? {
    let key = first.key(place)
    let same = after.lowerBound + place - before.lowerBound
    if same < after.upperBound, areEqualTexts(key, second.key(same)) { return same }
    if after.count <= Self.fewMembers { return after.first { areEqualTexts(key, second.key($0)) } }
    let table =
      places ?? Dictionary(uniqueKeysWithValues: after.map { (JSONText.decoded(second.key($0)), $0) })
    places = table
    return table[JSONText.decoded(key)]
  }
}
