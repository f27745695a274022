import PortolanEditor
import Testing

@Suite struct KeyContextTests {
  private let lines = """
    resources:
      - kind: issue
        selector:
          query: "true"
        port:
          entity:
            mappings:
              identifier: .key
              blueprint: '"jiraIssue"'
              properties:
                status: .fields.st

      - kind: user
    """.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)

  @Test func findsTheKeysAboveByIndentation() {
    let context = KeyContext(lines, line: 10, column: 12)
    #expect(context.path == ["resources", "port", "entity", "mappings", "properties"])
    #expect(context.kind == "issue")
    #expect(context.blueprint == "jiraIssue")
  }

  @Test func knowsWhichKeysAreThere() {
    let context = KeyContext(lines, line: 7, column: 10)
    #expect(context.path == ["resources", "port", "entity", "mappings"])
    #expect(context.siblings == ["blueprint", "properties"])
  }

  @Test func takesTheColumnOfAnEmptyLine() {
    let context = KeyContext(lines, line: 11, column: 4)
    #expect(context.path == ["resources"])
    #expect(context.siblings == ["kind", "selector", "port"])
  }

  @Test func tellsTheEntriesOfAListApart() {
    let context = KeyContext(lines, line: 12, column: 4)
    #expect(context.path == ["resources"])
    #expect(context.siblings.isEmpty)
    #expect(context.kind == "user")
  }

  @Test func knowsAListAsFarLeftAsItsKey() {
    let context = KeyContext(["resources:", "- kind: a", "  port:", "    "], line: 3, column: 4)
    #expect(context.path == ["resources", "port"])
  }
}
