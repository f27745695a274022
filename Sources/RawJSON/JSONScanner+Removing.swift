/// Copies of a document that leave a part of it out.
extension JSONScanner {
  /// Appends the members of the valid object in `range`, without the value at `path` and without the
  /// top-level key `replaced`: `{` and each member followed by a comma, so that one more can be added.
  ///
  /// A path that leads nowhere leaves the object as it is.
  package func openObject(
    _ range: Range<Int>, without path: JSONPath?, replacing replaced: String, into output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "{"))
    for member in lastMembers(range.lowerBound) {
      let name = text(member.key)
      if name.utf8.elementsEqual(replaced.utf8) { continue }
      if let path, isStep(path.steps.first, name) {
        if path.steps.count == 1 { continue }
        copyString(member.key, into: &output)
        output.append(UInt8(ascii: ":"))
        copy(member.value, without: path.steps.dropFirst(), into: &output)
      } else {
        copyString(member.key, into: &output)
        output.append(UInt8(ascii: ":"))
        copy(member.value, into: &output)
      }
      output.append(UInt8(ascii: ","))
    }
  }

  private func copy(
    _ range: Range<Int>, without steps: ArraySlice<JSONPathStep>, into output: inout [UInt8]
  ) {
    switch (steps.first, kind(range)) {
    case (.key, .object): copyObject(range, without: steps, into: &output)
    case (.index(let index), .array): copyArray(range, index, without: steps, into: &output)
    default: copy(range, into: &output)
    }
  }

  private func copyObject(
    _ range: Range<Int>, without steps: ArraySlice<JSONPathStep>, into output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for member in lastMembers(range.lowerBound) {
      let isOnPath = isStep(steps.first, text(member.key))
      if isOnPath, steps.count == 1 { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      copyString(member.key, into: &output)
      output.append(UInt8(ascii: ":"))
      copy(member.value, without: isOnPath ? steps.dropFirst() : [], into: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private func copyArray(
    _ range: Range<Int>, _ index: Int, without steps: ArraySlice<JSONPathStep>, into output: inout [UInt8]
  ) {
    output.append(UInt8(ascii: "["))
    var position = 0
    var isFirst = true
    forEachElement(range.lowerBound) { element in
      defer { position += 1 }
      if position == index, steps.count == 1 { return }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      copy(element, without: position == index ? steps.dropFirst() : [], into: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private func isStep(_ step: JSONPathStep?, _ name: String) -> Bool {
    guard case .key(let key) = step else { return false }
    return key.utf8.elementsEqual(name.utf8)
  }
}
