import Embedding
import Testing

@Suite("A program that embeds the library")
struct EmbeddingTests {
  /// The folder of this package, in which its files are.
  private static let package = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    .dropLast(3).joined(separator: "/")

  @Test("it loads a config, maps a page and reads a property of an entity")
  func maps() throws {
    let embedding = try Embedding(
      configPath: Self.package + "/../../.port/jira/resources/port-app-config.yml")
    let body = #"""
      [{"key": "TICK", "self": "https://jira.example.com/rest/api/3/project/1", "id": "1"},
       {"key": "OLD", "self": "https://jira.example.com/rest/api/3/project/2", "archived": true}]
      """#
    #expect(
      embedding.properties("url", ofKind: "project", in: body) == ["https://jira.example.com/browse/TICK"])
    #expect(embedding.problems.isEmpty)
  }

  @Test("it finds the objects in a response as it came, and reads the report")
  func reads() throws {
    let embedding = try Embedding(
      configPath: Self.package + "/../../.port/jira/resources/port-app-config.yml")
    let response =
      #"{"total": 2, "values": [{"key": "TICK", "self": "/"}, {"key": "OLD", "archived": true}]}"#
    let reports = embedding.report(ofKind: "project", in: response, list: "values")
    #expect(reports.map(\.raw) == [2])
    #expect(reports.map(\.mapped) == [1])
    #expect(reports.map(\.filtered) == [1])
    #expect(reports.first?.fields.first { $0.field == "properties.category" }?.nulls == 1)
  }

  @Test("it shows what is wrong, with the line that is meant")
  func shows() throws {
    let file = Self.package + "/broken.yml"
    let problems = try Embedding(configPath: file).problems
    #expect(
      problems == [
        """
        \(file):9:36: error: jq takes double quotes around a text; single ones only work around a whole word \
        [single-quotes]
          9 |             first: .labels | split(',')
            |                                    ^^^
          → write `","`

        """
      ])
  }
}
