import Portolan
import ReferenceMapping
import Testing

@Suite("The same messages as the slow way")
struct PathErrorTests {
  @Test(
    "a path that fails is reported with the message of the libjq at hand",
    arguments: [".a.b", ".a[\"b c\"]", ".a[0]"], ["5", "\"text\"", "true", "[]", "{}"])
  func messages(path: String, value: String) async throws {
    let config = try PortAppConfig(yaml: Array(property("'\(path)'").utf8), file: "config.yml")
    let document = Array("{\"a\":\(value)}".utf8)
    let resource = try #require(config.resources.first)
    let slow = SlowMapper(resource, try SlowCompiler())
    let entities = slow.map(document)
    let fast = try await StreamRun(CompiledMapping(config), kind: resource.kind, document)
    #expect(entities.match(fast.lines))
    #expect(slow.counts == fast.counts)
  }
}
