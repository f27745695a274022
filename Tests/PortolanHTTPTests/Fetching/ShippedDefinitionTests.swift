import Portolan
import TestSupport
import Testing

@testable import PortolanHTTP

@Suite struct ShippedDefinitionTests {
  @Test(arguments: ["jira", "octopus"]) func isReadWithoutFindings(_ name: String) throws {
    let definition = try FetcherDefinition.load(contentsOf: ".port/\(name)/fetcher.yml")
    #expect(definition.diagnostics.map(\.description) == [])
    #expect(!definition.kinds.isEmpty)
  }
}
