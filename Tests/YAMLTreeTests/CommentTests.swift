import TestSupport
import Testing

@testable import YAMLTree

@Suite("Comments, which are no part of the tree")
struct CommentTests {
  private func comments(_ yaml: String) throws -> [String] {
    try YAMLComments(Array(yaml.utf8)).comments.map { comment in
      "\(comment.start)\(comment.isAlone ? " alone" : ""):\(comment.text)"
    }
  }

  @Test("behind a value, alone on a line, behind a key, at the end without a line break")
  func places() throws {
    #expect(
      try comments("# head\na: 1 # one\nb: # two\n  - x\n  # three\n\nc: d # é # four")
        == ["1:1 alone: head", "2:6: one", "3:4: two", "5:3 alone: three", "7:6: é # four"])
  }

  @Test("not within quotes, plain text or a block of text, but on the line of its indicator")
  func texts() throws {
    let yaml = """
      a: "x # no"
      b: 'y
        # no'
      c: x#no
      d: | # yes
        .a # no
        # no
      # alone
      "k # no": >-
        # no

        # no
      e: &anchor # yes too
        plain
      """
    #expect(try comments(yaml) == ["5:6: yes", "8:1 alone: alone", "13:12: yes too"])
  }

  @Test("with a byte order mark, and CR LF")
  func ends() throws {
    #expect(try comments("\u{FEFF}# a\r\nb: 1 # c\r\n") == ["1:1 alone: a", "2:6: c"])
  }

  @Test("the lines of texts that go over several")
  func longScalars() throws {
    let yaml = "a: |\n  x\n  y\nb: 1\nc: \"d\n  e\"\n"
    #expect(try YAMLComments(Array(yaml.utf8)).longScalars == [1...3, 5...6])
  }

  @Test("every # of a random text is a comment, or in a scalar of the tree")
  func property() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    let values = ["x#y", "'a # b'", "\"# c\"", "|\n    # d\n    e # f", ">\n    g\n    # h", "[i, '# j']"]
    for _ in 0..<200 {
      var yaml = ""
      var expected = 0
      for number in 0..<Int.random(in: 1...6, using: &random) {
        if Bool.random(using: &random) {
          yaml += "# note\n"
          expected += 1
        }
        let value = values[Int.random(in: 0..<values.count, using: &random)]
        yaml += "k\(number): \(value)"
        if !value.contains("\n"), Bool.random(using: &random) {
          yaml += " # note"
          expected += 1
        }
        yaml += "\n"
      }
      let found = try YAMLComments(Array(yaml.utf8)).comments
      #expect(found.count == expected, "seed \(seed):\n\(yaml)")
      #expect(found.allSatisfy { $0.text == " note" }, "seed \(seed):\n\(yaml)")
    }
  }
}
