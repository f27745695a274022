import Foundation
import Testing

/// What the comments of PortolanHTTP show compiles.
@Suite struct CommentExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The blocks of Swift in the comments of a file, without white space around their lines.
  private static func blocks(_ file: URL) throws -> [(line: Int, text: String)] {
    var blocks: [(line: Int, text: String)] = []
    var open: [String]?
    for (number, line) in try lines(file).enumerated() {
      guard line.hasPrefix("///") else { continue }
      let text = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
      if text == "```swift" {
        open = []
      } else if text == "```", let block = open {
        blocks.append((number + 1 - block.count, block.joined(separator: "\n")))
        open = nil
      } else {
        open?.append(text)
      }
    }
    return blocks
  }

  @Test func everyExampleIsAmongThoseThatAreCompiled() throws {
    let compiled = try Self.lines(
      Self.root.appending(path: "Tests/PortolanHTTPTests/Docs/CommentExamples.swift")
    )
    .joined(separator: "\n")
    let sources = try #require(
      FileManager.default.enumerator(
        at: Self.root.appending(path: "Sources/PortolanHTTP"), includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in sources where file.pathExtension == "swift" {
      for block in try Self.blocks(file) {
        #expect(
          compiled.contains(block.text),
          "\(file.lastPathComponent):\(block.line) is not in CommentExamples.swift")
        count += 1
      }
    }
    #expect(count >= 10)
  }
}
