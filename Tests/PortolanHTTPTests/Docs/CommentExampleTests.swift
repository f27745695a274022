import Foundation
import TestSupport
import Testing

/// What the comments of PortolanHTTP show compiles.
@Suite struct CommentExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyExampleIsAmongThoseThatAreCompiled() throws {
    let examples = try CommentExamples(in: Self.root.appending(path: "Sources/PortolanHTTP"))
    #expect(examples.blocks.count >= 10)
    #expect(
      try examples.missing(
        from: Self.root.appending(path: "Tests/PortolanHTTPTests/Docs/CommentExamples.swift")) == [])
  }
}
