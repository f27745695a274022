import TestSupport
import Testing

@testable import YAMLTree

@Suite("Positions of nodes")
struct NodePositionTests {
  @Test("nodes know where they start and end, in Unicode scalars and bytes")
  func places() throws {
    let root = try YAMLParser.parse("é: [a, 'b']\r\nx: &n !!map\r\n  y: |\r\n    t\r\nz: {q: 1}\r\n")
    let mapping = try #require(root.mapping)
    let places = mapping.entries.map { "\($0.key.start) \($0.value.start)-\($0.value.end)" }
    #expect(places == ["1:1 1:4-1:12", "2:1 2:4-5:1", "5:1 5:4-5:10"])
    #expect(mapping["é"]?.start.offset == 4)
    #expect(mapping["é"]?.sequence?.last.map { "\($0.start)-\($0.end)" } == "1:8-1:11")
    #expect(root.end.description == "5:10")
  }

  @Test("a scalar starts after its anchor, tag and comments")
  func properties() throws {
    let root = try YAMLParser.parse("a: !!str # why\n  &x  'b'\nc: &y\nd: !!str\n")
    let starts = try #require(root.mapping).entries.map(\.value.start.description)
    #expect(starts == ["2:7", "3:6", "4:9"])
  }

  @Test("an alias gives the place of its anchor's value")
  func alias() throws {
    let root = try YAMLParser.parse("a: &x [1]\nb: *x\n")
    #expect(root.mapping?["b"]?.start == root.mapping?["a"]?.start)
  }

  @Test("a combining character counts as the scalars it has, and long lines count right")
  func scalars() throws {
    let padding = String(repeating: "é", count: 500)
    let root = try YAMLParser.parse("{e\u{301}\(padding): 1, b: 2}")
    #expect(root.mapping?["b"]?.start == YAMLPosition(line: 1, column: 512, offset: 1012))
  }

  @Test("ten thousand entries are read in time in proportion")
  func large() throws {
    let yaml = "{" + (0..<10_000).map { "é\($0): [a, b]" }.joined(separator: ", ") + "}"
    let time = try processorTime {
      let root = try YAMLParser.parse(yaml)
      #expect(root.mapping?.entries.count == 10_000)
    }
    #expect(time < .seconds(10))
  }
}
