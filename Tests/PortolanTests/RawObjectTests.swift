import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: one raw object")
struct RawObjectTests {
  private static let mapping = "identifier: .id\nblueprint: .b // \"b\""

  @Test(
    "selector false: filtered; anything but true or false, or an error: failed",
    arguments: [
      ("true", "mapped"), ("false", "filtered"), ("1", "failed"), ("null", "failed"), ("empty", "failed"),
      ("error(\"no\")", "failed"), (".id", "failed"), ("nosuch", "failed"), ("\"true\"", "failed"),
    ])
  func selector(query: String, outcome: String) async throws {
    let yaml = resource(Self.mapping, selector: "query: '\(query)'")
    let run = try await run(yaml, [#"{"id":"x"}"#])
    let report = try run.report
    #expect(report.mapped == (outcome == "mapped" ? 1 : 0))
    #expect(report.filtered == (outcome == "filtered" ? 1 : 0))
    #expect(report.failed == (outcome == "failed" ? 1 : 0))
    #expect(report.items == 1)
    // What does not compile is said with the config.
    let isSaid = try config(yaml).diagnostics.contains { $0.rule == .missingQuotes }
    #expect(isSaid == (query == "nosuch"))
    #expect(report.diagnostics.count == (outcome == "failed" && !isSaid ? 1 : 0))
  }

  @Test("a selector that fails on many objects is shown once for each type, with the number of the others")
  func manyFailures() async throws {
    let numbers = (0..<20).map { #"{"id":"x","n":\#($0)}"# }
    let texts = (0..<7).map { #"{"id":"x","n":"t\#($0)"}"# }
    let report = try await run(resource(Self.mapping, selector: "query: .n"), numbers + texts + numbers)
      .report
    #expect(report.failed == 47)
    #expect(report.diagnostics.map(\.similar) == [39, 6])
    #expect(report.diagnostics[0].message.contains("gives 0, neither true nor false (object 1)"))
    #expect(report.diagnostics[1].message.contains("gives \"t0\", neither true nor false (object 21)"))
  }

  @Test(
    "an identifier or blueprint of null, false, \"\", 0, [] or {} is skipped",
    arguments: [
      "null", "false", #""""#, "0", "0.0", "-0", "0e3", "[]", "{}", "[ ]",
    ])
  func skipped(value: String) async throws {
    let run = try await run(
      resource("identifier: .id\nblueprint: .b"),
      [
        #"{"id":\#(value),"b":"b"}"#, #"{"id":"x","b":\#(value == "null" ? "false" : value)}"#,
        #"{"id":"x","b":null}"#,
      ])
    #expect(run.entities.isEmpty)
    #expect(try run.report.skipped == 3)
  }

  @Test(
    "other identifiers are kept", arguments: ["1", "-1", "0.5", #""0""#, "true", "[0]", #"{"a":0}"#, "1e-9"])
  func kept(value: String) async throws {
    #expect(try await run(resource(Self.mapping), [#"{"id":\#(value)}"#]).report.mapped == 1)
  }

  @Test("the entity holds what the mapping names and nothing else, nulls included")
  func whatTheMappingNames() async throws {
    let bare = try await run(resource(Self.mapping), [#"{"id":"x","title":"T"}"#])
    #expect(bare.lines == [#"{"identifier":"x","blueprint":"b"}"#])
    let mapping = Self.mapping + "\ntitle: .t\nicon: .i\nteam: .m\nproperties: {p: .p}\nrelations: {r: .r}"
    let nulls = try await run(resource(mapping), [#"{"id":"x"}"#])
    #expect(
      nulls.lines == [
        #"{"identifier":"x","title":null,"icon":null,"blueprint":"b","team":null,"properties":{"p":null},"relations":{"r":null}}"#
      ])
  }

  @Test(
    "numbers keep every digit they came with",
    arguments: [
      "9007199254740993", "1234567890123456789012", "0.1000", "1E400", "-0.0",
    ])
  func digits(number: String) async throws {
    #expect(try await run(property(".n"), [#"{"n":\#(number)}"#]).property("p") == number)
    #expect(try await run(property(".n"), [#"{"n":[\#(number)]}"#]).property("p") == "[\(number)]")
  }

  @Test(
    "a raw object that is not valid JSON or not an object fails alone",
    arguments: [
      "{", "[]", "5", "null", #"{"a":01}"#, #"{"a" 1}"#, "\u{0}", "",
    ])
  func invalid(object: String) async throws {
    let run = try await run(resource(Self.mapping), [#"{"id":"x"}"#, object, #"{"id":"y"}"#])
    #expect(run.entities.map(\.identifier.known) == ["x", "y"])
    let report = try run.report
    #expect([report.raw, report.items, report.mapped, report.failed] == [3, 3, 2, 1])
    #expect(report.diagnostics.map(\.rule) == [.invalidRawObject])
    #expect(report.diagnostics.first?.message.hasPrefix("raw object 2 of kind `thing`: ") == true)
  }

  @Test("an object with an origin is reported with its file and position")
  func position() async throws {
    struct OneFetcher: RawFetcher {
      func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
        AsyncStream { continuation in
          let location = SourceLocation(file: "f.json", line: 10, column: 3)
          continuation.yield(RawPage(Array("{\"é\": 1,\n \"b\": ?}".utf8), location: location))
          continuation.finish()
        }
      }
    }
    let reports = try await run(CompiledMapping(config(resource(Self.mapping))), OneFetcher()).reports
    #expect(reports.first?.diagnostics.first?.location?.description == "f.json:11:7")
  }

  @Test("a fetcher that ends with an error leaves its resource incomplete, and the rest goes on")
  func fetcherThatThrows() async throws {
    struct Broken: Error {}
    struct HalfFetcher: RawFetcher {
      func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
        AsyncThrowingStream { continuation in
          continuation.yield(RawPage(Array(#"{"id":"\#(request.kind)"}"#.utf8)))
          continuation.finish(throwing: request.kind == "a" ? Broken() : nil)
        }
      }
    }
    let yaml = ["a", "b"].map {
      "- {kind: \($0), port: {entity: {mappings: {identifier: .id, blueprint: '\"b\"'}}}}\n"
    }
    let run = try await run(CompiledMapping(config("resources:\n" + yaml.joined())), HalfFetcher())
    let reports = run.reports
    #expect(run.entities.map(\.identifier.known) == ["a", "b"])
    #expect(reports.map(\.isComplete) == [false, true])
    #expect(reports.first?.diagnostics.map(\.rule) == [.fetchFailed])
    #expect(reports.first?.diagnostics.first?.location?.line == 2)
  }

  @Test("only the kinds that are asked for are fetched")
  func kinds() async throws {
    let mapping = CompiledMapping(try config(resource(Self.mapping)))
    let none = try await run(mapping, ListFetcher(objects: ["{}"]), kinds: ["other"])
    #expect(none.reports.isEmpty)
  }
}
