import Foundation

/// One of jq's own test programs.
struct JQTestProgram {
  let file: String
  let program: String
  let input: String
  let outputs: [String]

  /// Those of the jq that `scripts/build-libjq` has built, nil where it has not.
  static let all: [JQTestProgram]? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: ".build-libjq/1.8/tests")
    guard FileManager.default.fileExists(atPath: folder.path) else { return nil }
    let names = ["jq", "man", "onig", "optional", "base64", "uri", "manonig"]
    return names.flatMap { name in
      let text = try? String(contentsOf: folder.appending(path: name + ".test"), encoding: .utf8)
      return read(text ?? "", file: name)
    }
  }()

  /// A block is a program, an input and the outputs, a line each, up to an empty line. `%%FAIL` blocks
  /// are about messages.
  private static func read(_ text: String, file: String) -> [JQTestProgram] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .split { line in line.allSatisfy { $0 == " " || $0 == "\t" } }
      .compactMap { block in
        let lines = block.filter { !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") }.map(String.init)
        guard lines.count >= 2, !lines[0].hasPrefix("%%") else { return nil }
        return JQTestProgram(
          file: file, program: lines[0], input: lines[1], outputs: Array(lines.dropFirst(2)))
      }
  }
}
