import RawJSON

extension ReadTree {
  /// The paths that are read, as jq writes them, in alphabetical order: `.fields.subtasks[].key`; `.` for
  /// the whole value.
  ///
  /// A path stands for all that is below it. One that leads to a value whose type alone is read is among
  /// them; the type of the value itself, which is always read, is not.
  public var paths: [String] {
    leaves(behind: "").map(\.path)
  }

  private func leaves(behind path: String) -> [(path: String, isWhole: Bool)] {
    guard case .part(let keys, let each) = self else { return [(path.isEmpty ? "." : path, true)] }
    if keys.isEmpty, each == nil { return path.isEmpty ? [] : [(path, false)] }
    let elements = each?.leaves(behind: (path.isEmpty ? "." : path) + "[]") ?? []
    return keys.sorted { $0.key < $1.key }.reduce(into: elements) { leaves, member in
      leaves += member.value.leaves(behind: path + Self.step(member.key, behind: path))
    }
  }

  private static func step(_ key: String, behind path: String) -> String {
    let step = JSONPath([.key(key)]).description
    return !path.isEmpty && step.hasPrefix(".[") ? String(step.dropFirst()) : step
  }
}

extension ReadTree: CustomStringConvertible {
  /// The paths separated by commas, those of which only the type is read with `|type` behind them; `nothing`
  /// where the input does not matter.
  public var description: String {
    let leaves = leaves(behind: "").map { $0.isWhole ? $0.path : $0.path + "|type" }
    return leaves.isEmpty ? "nothing" : leaves.joined(separator: ", ")
  }
}
