import Foundation
import TestServer
import TestSupport
import Testing

@Suite("dry-run and map with --live")
struct LiveCommandTests {
  private let site: LiveSite

  init() throws {
    site = try LiveSite()
  }

  /// The identifiers of entities, one a line.
  private func identifiers(_ lines: String) throws -> [String] {
    try lines.split(separator: "\n").map { line in
      let entity = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return "\(entity?["blueprint"] ?? "-")/\(entity?["identifier"] ?? "-")"
    }
  }

  private static let services = [
    "service/s1", "service/s2", "service/s3", "backup/s3", "backup/s4", "backup/s5",
  ]

  @Test("dry-run --live maps what the API gives now, page by page")
  func dryRun() async throws {
    let (result, requests) = try await site.run(["dry-run", "acme", "--live", "--format", "ndjson"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try identifiers(result.output) == Self.services + ["person/u1", "person/u2"])
    #expect(
      requests.map(\.target) == [
        "/services?tier=gold&page=1&size=2", "/services?tier=gold&page=2&size=2",
        "/services?tier=silver&page=1&size=2", "/services?tier=silver&page=2&size=2",
        "/people", "/people?cursor=c2",
      ])
    let table = try await site.run(["dry-run", "--live"]).result
    #expect(table.status == 0)
    #expect(table.output.contains("Robin Ortega"))
  }

  @Test("dry-run --live --limit says that there is more")
  func limit() async throws {
    let (result, requests) = try await site.run(["dry-run", "--live", "--kind", "person", "--limit", "1"])
    #expect(result.status == 0)
    #expect(result.output.contains("Robin Ortega") && !result.output.contains("Kim Larsen"))
    #expect(result.errors.contains("only the first 1 objects of kind `person` were fetched"))
    #expect(requests.count <= 2)
    let mapped = try await site.run(["map", "--live", "--kind", "person", "--limit", "1"]).result
    #expect(mapped.status == 0 && mapped.errors.contains("only the first 1 objects"), "\(mapped.errors)")
    let all = try await site.run(["dry-run", "--live", "--kind", "person", "--limit", "2"]).result
    #expect(!all.errors.contains("only the first"), "\(all.errors)")
  }

  @Test("map --live writes every kind's entities, one a line")
  func map() async throws {
    let all = try await site.run(["map", "acme", "--live"]).result
    #expect(all.status == 0, "\(all.errors)")
    #expect(try identifiers(all.output) == Self.services + ["person/u1", "person/u2"])
    #expect(all.errors.contains("service (.port/acme/resources/port-app-config.yml:2): 3 raw, 3 mapped"))
    #expect(all.errors.contains("service (.port/acme/resources/port-app-config.yml:5): 3 raw, 3 mapped"))
    #expect(all.errors.contains("person: 2 raw, 2 mapped"))
    let (one, requests) = try await site.run(["map", "--live", "--kind", "person"])
    #expect(try identifiers(one.output) == ["person/u1", "person/u2"])
    #expect(requests.allSatisfy { $0.target.hasPrefix("/people") })
    let unknown = try await site.run(["map", "--live", "--kind", "persn"])
    #expect(unknown.result.status == 2 && unknown.requests.isEmpty)
    #expect(unknown.result.errors.contains("did you mean `person`?"))
  }

  /// Faults of the second page of people: what comes in its place, and what is said of it.
  static let faults: [(RawServer.Step, String)] = [
    (.answer(500, "out of order"), "500 Internal Server Error: out of order"),
    (.answer(200, "<html><title>Sign in</title></html>"), "Sign in"),
    (.answer(200, #"{"people": [{"accountId": "u2"}, {"acc"#), "ends in the middle of its JSON"),
    (.answer(200, ""), "it is empty"), (.answer(200, #"{"peeple": []}"#), "there is no list at `.people`"),
    (.answer(403, "no"), "403 Forbidden"),
  ]

  @Test("a kind that breaks off ends with status 1, and the request is named", arguments: faults.indices)
  func incomplete(_ number: Int) async throws {
    let (step, text) = Self.faults[number]
    for command in [["map", "--live"], ["dry-run", "--live", "--format", "ndjson"]] {
      let (result, _) = try await site.run(command) { request in
        request.target == "/people?cursor=c2" ? [step] : nil
      }
      #expect(result.status == 1)
      #expect(try identifiers(result.output) == Self.services + ["person/u1"])
      #expect(result.errors.contains("/people?cursor=c2 "), "\(result.errors)")
      #expect(result.errors.contains(text), "\(result.errors)")
      #expect(result.errors.contains("not complete"), "\(result.errors)")
    }
  }

  @Test("a kind whose paging fails in jq, or which fetcher.yml does not know, is not complete either")
  func expressions() async throws {
    let config = try site.text(".port/acme/resources/port-app-config.yml")
    let fetcher = try site.text(".port/acme/fetcher.yml")
    try site.folder.write(
      ".port/acme/fetcher.yml", fetcher.replacing("cursor: .body.next,", with: "cursor: .body.next.token,"))
    for command in [["map", "--live"], ["dry-run", "--live", "--format", "ndjson"]] {
      let result = try await site.run(command).result
      #expect(result.status == 1)
      #expect(result.errors.contains("/people") && result.errors.contains("`.body.next.token` fails"))
    }
    try site.folder.write(
      ".port/acme/resources/port-app-config.yml", config.replacing("kind: person", with: "kind: persons"))
    for command in [["map", "--live"], ["dry-run", "--live", "--format", "ndjson"]] {
      let result = try await site.run(command).result
      #expect(result.status == 1)
      #expect(result.errors.contains("did you mean `person`?"), "\(result.errors)")
    }
  }

  @Test("what is not set is told, all of it, before anything is asked")
  func notConfigured() async throws {
    for command in ["dry-run", "map"] {
      let (result, requests) = try await site.run(
        [command, "acme", "--live"],
        environment: [
          "OCEAN__INTEGRATION__CONFIG__ACME_HOST": "", "OCEAN__INTEGRATION__CONFIG__ACME_TOKEN": "",
        ])
      #expect(result.status == 2 && requests.isEmpty && result.output.isEmpty)
      #expect(result.errors.contains("OCEAN__INTEGRATION__CONFIG__ACME_HOST"), "\(result.errors)")
      #expect(result.errors.contains("OCEAN__INTEGRATION__CONFIG__ACME_TOKEN"))
    }
  }

  @Test("a token that is refused is an error that does not show it")
  func wrongToken() async throws {
    let wrong = "wrong-t0ken-1234"
    for command in [["map", "--live"], ["dry-run", "--live"], ["fetch"]] {
      let (result, _) = try await site.run(
        command, environment: ["OCEAN__INTEGRATION__CONFIG__ACME_TOKEN": wrong])
      #expect(result.status == 1)
      #expect(result.errors.contains("401 Unauthorized"), "\(result.errors)")
      #expect(result.errors.contains("is the token right, and has it not expired?"))
      #expect(!result.errors.contains(wrong) && !result.output.contains(wrong))
    }
  }

  @Test("a site that is not there is an error that says so")
  func refused() async throws {
    let gone = try await RawServer.run(answer: { _, _ in [] }) { $0.url }
    for command in [["map", "--live", "--kind", "person"], ["fetch", "--kind", "person"]] {
      let (result, _) = try await site.run(
        command, environment: ["OCEAN__INTEGRATION__CONFIG__ACME_HOST": gone])
      #expect(result.status == 1 && result.output.isEmpty)
      #expect(result.errors.contains("\(gone)/people failed: "), "\(result.errors)")
      #expect(result.errors.contains("connection refused"), "\(result.errors)")
    }
  }
}
