/// The members of objects, each key once: in the place where it is first, with the value that it has
/// last, as libjq keeps them.
///
/// An object's members go on top of those of the object around it and come off when it is done.
struct MemberStack {
  /// Up to how many members comparing each key with the others is quicker than a table.
  private static let fewMembers = 16

  private struct Entry {
    var member: JSONMember
    /// Whether the key's bytes are its text.
    var isLiteral: Bool
    /// The place of the previous key with the same hash, -1 if there is none.
    var previous: Int
  }

  private let scanner: JSONScanner
  private var entries: [Entry] = []
  /// The last place of each hash, for the object being added if it has many members.
  private var places: [Int: Int] = [:]

  init(_ scanner: JSONScanner) {
    self.scanner = scanner
  }

  /// The member in `place`.
  subscript(_ place: Int) -> JSONMember { entries[place].member }

  /// Adds the members of the valid object in `span`.
  ///
  /// - Returns: the places where they are.
  mutating func add(_ span: JSONSpan, _ ends: ContainerEnds) -> Range<Int> {
    let start = entries.count
    if !places.isEmpty { places.removeAll(keepingCapacity: true) }
    var walk = ContainerWalk(scanner, ends, in: span)
    while let member = walk.nextMember() { add(member, above: start) }
    return start..<entries.count
  }

  /// Takes off everything from `place` on.
  mutating func cut(to place: Int) {
    entries.removeSubrange(place...)
  }

  private mutating func add(_ member: JSONMember, above start: Int) {
    var entry = Entry(
      member: member, isLiteral: JSONText.isLiteral(scanner.stringBody(member.key)), previous: -1)
    if entries.count - start < Self.fewMembers {
      for place in start..<entries.count where isSameKey(entries[place], entry) {
        return replace(place, by: member)
      }
    } else {
      if places.isEmpty { file(start..<entries.count) }
      let hash = hash(entry)
      entry.previous = places[hash] ?? -1
      var place = entry.previous
      while place >= 0 {
        if isSameKey(entries[place], entry) { return replace(place, by: member) }
        place = entries[place].previous
      }
      places[hash] = entries.count
    }
    entries.append(entry)
  }

  private mutating func replace(_ place: Int, by member: JSONMember) {
    entries[place].member.value = member.value
    entries[place].member.container = member.container
  }

  private mutating func file(_ range: Range<Int>) {
    for place in range {
      let hash = hash(entries[place])
      entries[place].previous = places[hash] ?? -1
      places[hash] = place
    }
  }

  private func hash(_ entry: Entry) -> Int {
    var hasher = Hasher()
    let body = scanner.stringBody(entry.member.key)
    if entry.isLiteral {
      hasher.combine(bytes: UnsafeRawBufferPointer(body))
    } else {
      // Safe: the hasher reads the array's bytes during the call and keeps none.
      JSONText.decoded(body).withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }

  private func isSameKey(_ first: Entry, _ second: Entry) -> Bool {
    let (a, b) = (scanner.stringBody(first.member.key), scanner.stringBody(second.member.key))
    if first.isLiteral, second.isLiteral { return a.count == b.count && a.elementsEqual(b) }
    return JSONText.decoded(a) == JSONText.decoded(b)
  }
}
