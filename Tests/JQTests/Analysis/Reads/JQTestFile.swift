import JQ

/// The programs of one of jq's own test files: blocks of a program, an input, and its outputs.
enum JQTestFile {
  /// The programs with the inputs that come after them; those that must not compile are left out.
  static func samples(_ text: String) -> [ReadSample] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let blocks = lines.filter { !$0.hasPrefix("#") }.split { $0.allSatisfy(\.isWhitespace) }
    return blocks.compactMap { block in
      guard let program = block.first, !program.hasPrefix("%%"), block.count > 1,
        let input = JSONTree(block[block.startIndex + 1]), input.isTame(below: 1_000_000)
      else { return nil }
      return ReadSample(program, inputs: [input])
    }
  }
}
