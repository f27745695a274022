/// Copies a valid object or array, in time that grows with its size whatever its depth.
///
/// It calls itself once a level; a scan has found the levels to be few enough.
struct JSONCopier {
  private let scanner: JSONScanner
  private let ends: ContainerEnds
  /// What is left out; nothing if there are no steps.
  private let removed: [JSONPathStep]
  private var members: MemberStack

  /// A copier of the valid container that starts at `index`.
  init(_ scanner: JSONScanner, from index: Int, without removed: JSONPath = JSONPath()) {
    self.scanner = scanner
    self.removed = removed.steps
    ends = ContainerEnds(scanner, from: index)
    members = MemberStack(scanner)
  }

  /// Appends the whole container.
  mutating func copy(_ range: Range<Int>, into output: inout some ByteSink & ~Copyable) {
    copy(JSONSpan(range: range, container: 0), step: 0, into: &output)
  }

  /// Appends the members of the object in `range` but the one called `replaced`, each with a comma.
  mutating func copyMembers(
    _ range: Range<Int>, but replaced: String, into output: inout some ByteSink & ~Copyable
  ) {
    for place in members.add(JSONSpan(range: range, container: 0), ends) {
      let member = members[place]
      if !scanner.isText(member.key, replaced), copy(member, step: 0, into: &output) {
        output.append(UInt8(ascii: ","))
      }
    }
  }

  /// Appends the value in `span`, in which `step` is the next step to what is left out; there is none if
  /// `step` is the number of all steps.
  private mutating func copy(_ span: JSONSpan, step: Int, into output: inout some ByteSink & ~Copyable) {
    switch scanner.byte(span.range.lowerBound) {
    case UInt8(ascii: "{"): copyObject(span, step: step, into: &output)
    case UInt8(ascii: "["): copyArray(span, step: step, into: &output)
    default: scanner.copyValue(span.range, into: &output)
    }
  }

  private mutating func copyObject(_ span: JSONSpan, step: Int, into output: inout some ByteSink & ~Copyable)
  {
    output.append(UInt8(ascii: "{"))
    let places = members.add(span, ends)
    var isFirst = true
    for place in places {
      let end = output.count
      if !isFirst { output.append(UInt8(ascii: ",")) }
      if copy(members[place], step: step, into: &output) {
        isFirst = false
      } else {
        output.cut(to: end)
      }
    }
    members.cut(to: places.lowerBound)
    output.append(UInt8(ascii: "}"))
  }

  /// Appends a member, unless it is what is left out.
  ///
  /// - Returns: whether it was appended.
  private mutating func copy(_ member: JSONMember, step: Int, into output: inout some ByteSink & ~Copyable)
    -> Bool
  {
    let isOnPath = step < removed.count && isStep(removed[step], member.key)
    if isOnPath, step + 1 == removed.count { return false }
    scanner.copyString(member.key, into: &output)
    output.append(UInt8(ascii: ":"))
    copy(member.span, step: isOnPath ? step + 1 : removed.count, into: &output)
    return true
  }

  private mutating func copyArray(_ span: JSONSpan, step: Int, into output: inout some ByteSink & ~Copyable) {
    output.append(UInt8(ascii: "["))
    var walk = ContainerWalk(scanner, ends, in: span)
    var position = 0
    var isFirst = true
    while let element = walk.nextElement() {
      let isOnPath = step < removed.count && removed[step] == .index(position)
      position += 1
      if isOnPath, step + 1 == removed.count { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      copy(element, step: isOnPath ? step + 1 : removed.count, into: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private func isStep(_ step: JSONPathStep, _ key: Range<Int>) -> Bool {
    if case .key(let wanted) = step { scanner.isText(key, wanted) } else { false }
  }
}
