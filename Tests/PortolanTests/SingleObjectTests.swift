import Portolan
import Testing

@Suite struct SingleObjectTests {
  private static let config = """
    resources:
      - kind: issue
        selector: {query: .open}
        port:
          entity:
            mappings: {identifier: .key, blueprint: '"issue"'}
      - kind: issue
        selector: {query: 'true', jql: x}
        port:
          entity:
            mappings: {identifier: .key, blueprint: '"log"'}
    """

  private static func mapping() throws -> CompiledMapping {
    CompiledMapping(try PortAppConfig(yaml: Array(config.utf8), file: "config.yml"))
  }

  @Test("one object is mapped by all resources of its kind, again and again")
  func oneObject() throws {
    let mapping = try Self.mapping()
    for number in 0..<3 {
      let batch = mapping.map(object: Array(#"{"key":"A-\#(number)","open":true}"#.utf8), kind: "issue")
      #expect(batch.map { "\($0.blueprint) \($0.identifier)" } == ["issue A-\(number)", "log A-\(number)"])
    }
    #expect(mapping.map(object: Array(#"{"key":"A"}"#.utf8), kind: "board").isEmpty)
  }

  @Test("what is no object makes no entity, and says so")
  func noObject() throws {
    let batch = try Self.mapping().map(object: Array("[1".utf8), kind: "issue")
    #expect(batch.isEmpty)
    #expect(batch.unmapped.allSatisfy { $0.status == .invalid })
  }

  @Test("the resources that ask a fetcher for the same are mapped by themselves")
  func requests() throws {
    let mapping = try Self.mapping()
    let page = RawPage(Array(#"{"key":"A","open":true}"#.utf8), objectsAt: .object)
    let requests = mapping.requests(ofKind: "issue")
    #expect(requests.map(\.selector) == ["{}", #"{"jql":"x"}"#])
    #expect(requests.map { mapping.map(page, for: $0).map(\.blueprint) } == [["issue"], ["log"]])
    #expect(mapping.map(page, for: FetchRequest(kind: "issue", selector: "{1}")).isEmpty)
  }

  @Test("a config that selects all keeps what its selectors would not")
  func selectingAll() throws {
    let config = try Self.mapping().config
    let page = RawPage(Array(#"{"key":"A","open":false}"#.utf8), objectsAt: .object)
    #expect(CompiledMapping(config).map(page, kind: "issue").count == 1)
    #expect(CompiledMapping(config.selectingAll).map(page, kind: "issue").count == 2)
  }
}
