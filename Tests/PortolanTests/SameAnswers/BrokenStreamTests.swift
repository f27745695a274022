import Portolan
import ReferenceMapping
import Testing

@Suite("A broken object costs only itself")
struct BrokenStreamTests {
  private static let yaml = resource("identifier: .id\nblueprint: '\"b\"'")

  /// The lines that come of `text`, read in parts of the given size.
  private func lines(_ text: String, chunk: Int) async throws -> [String] {
    let config = try PortAppConfig(yaml: Array(Self.yaml.utf8), file: "config.yml")
    return try await StreamRun(CompiledMapping(config), kind: "thing", Array(text.utf8)) { chunk }.lines.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test(
    "what follows an object on its line does not cost the next lines' objects",
    arguments: [
      " x", ",", "}", "01", "12,\"x\":1}", "\"",
    ])
  func restOfLine(_ rest: String) async throws {
    let text = ["a", "b", "c"].map { "{\"id\":\"\($0)\"}\(rest)\n" }.joined() + "{\"id\":\"d\"}\n"
    let expected = ["b", "c", "d"].map { "{\"identifier\":\"\($0)\",\"blueprint\":\"b\"}" }
    #expect(try await lines(text, chunk: 1000).suffix(3) == expected)
  }

  @Test(
    "where a broken array's next element begins does not depend on how the array is read", arguments: 1...40)
  func parts(_ chunk: Int) async throws {
    let text = "[\n {\"id\":\"x\",?\"a\":3}, {\"id\":\"q\"},\n {\"id\":\"y\"}\n]"
    #expect(try await lines(text, chunk: chunk) == lines(text, chunk: 1000))
  }
}
