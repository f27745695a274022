import Foundation
import TestServer
import TestSupport
import Testing

@Suite("portolan serve starts, or says why not")
struct ServeCommandTests {
  /// Runs it to its end.
  private func run(
    _ site: EventSite, _ arguments: [String] = [], _ changes: [String: String] = [:],
    _ environment: [String: String]
  ) async throws -> Command.Result {
    try await Command.runAside(
      ["serve", "jira", "--to", "catalog.db", "--log", "text"] + arguments, in: site.folder.path,
      environment: environment.merging(changes) { $1 })
  }

  @Test("--once resyncs and ends: status 0 where all was done, 1 where it was not")
  func once() async throws {
    let site = try EventSite("jira", kinds: ["user", "project"])
    try site.set("user", ["accountId": "u1", "portolanMark": "user one"])
    try await site.run { environment in
      let done = try await run(site, ["--once", "--port", "0"], [:], environment)
      #expect(done.status == 0, "\(done.errors)")
      for text in [
        "resync begins: the service starts\n", "user: 1 object, 1 entity\n", "resync done, written in ",
        " ended\n",
      ] {
        #expect(done.errors.contains(text), "\(text): \(done.errors)")
      }
      // The same by a setting, with an API that is not there any more.
      let failed = try await run(
        site, ["--port", "0"],
        [
          "OCEAN__EVENT_LISTENER__TYPE": "ONCE",
          "OCEAN__INTEGRATION__CONFIG__JIRA_HOST": "http://127.0.0.1:1",
        ],
        environment)
      #expect(failed.status == 1, "\(failed.errors)")
      #expect(failed.errors.contains("not complete, so nothing of it is deleted"), "\(failed.errors)")
    }
  }

  @Test("it does not start where anybody could send events, or where something is wrong")
  func refusals() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let cases: [(arguments: [String], changes: [String: String], text: String)] = [
        (
          ["--port", "0"], ["OCEAN__INTEGRATION__CONFIG__WEBHOOK_SECRET": ""],
          "anybody could send events: no secret is set"
        ),
        (
          ["--port", "0"], ["OCEAN__EVENT_LISTENER__TYPE": "WEBHOOK"],
          "anybody could ask for resyncs at /resync"
        ),
        (["--port", "0"], ["OCEAN__EVENT_LISTENER__TYPE": "SOMETIMES"], "SOMETIMES"),
        (["--port", "70000"], [:], "--port takes a number from 0 to 65535"),
        ([], ["APPLICATION__PORT": "eighty"], "APPLICATION__PORT is `eighty`"),
        (["--log", "yaml"], [:], "yaml"),
      ]
      for (arguments, changes, text) in cases {
        let result = try await run(site, arguments, changes, environment)
        #expect(result.status == 2 || result.status == 64, "\(text): \(result.status) \(result.errors)")
        #expect(result.errors.contains(text), "\(result.errors)")
        #expect(!result.errors.contains(EventSite.token))
      }
      let port = try await run(
        site, ["--to", "port", "--port", "0"],
        [
          "OCEAN__EVENT_LISTENER__TYPE": "WEBHOOK", "OCEAN__PORT__CLIENT_ID": "an-id",
          "OCEAN__PORT__CLIENT_SECRET": "a-s3cret", "OCEAN__PORT__BASE_URL": "http://127.0.0.1:1",
        ], environment)
      #expect(port.status == 2 && port.errors.contains("set OCEAN__BASE_URL"), "\(port.errors)")
    }
  }

  @Test("--unsigned takes events from everybody, and says so; webhooks need to know the service's address")
  func unsigned() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text", "--unsigned", "--create-webhooks"],
        in: site.folder.path,
        environment: environment.merging(["OCEAN__INTEGRATION__CONFIG__WEBHOOK_SECRET": ""]) { $1 })
      await service.wait(for: "live events are not verified: everybody can send some (--unsigned)")
      await service.wait(for: "set OCEAN__BASE_URL")
      let answer = try await service.send("POST", "/integration/webhook", Data("{}".utf8))
      #expect(answer.status == 202 && answer.body == #"{"status":"ignored"}"#)
      #expect(await service.end(SIGINT) == 0)
    }
  }

  @Test(
    "a service that is called from outside creates its webhook, and notes in the catalog where to ask for resyncs"
  )
  func calledFromOutside() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text", "--create-webhooks"],
        in: site.folder.path,
        environment: environment.merging([
          "OCEAN__BASE_URL": "https://portolan.example.com", "OCEAN__EVENT_LISTENER__TYPE": "WEBHOOK",
          "OCEAN__EVENT_LISTENER__SECRET": "a-resync-s3cret",
        ]) { $1 })
      await service.wait(for: "webhook created: POST http")
      #expect(site.requests.filter { $0.contains("/rest/webhooks/") }.count == 2, "\(site.requests)")
      await service.wait(for: "created in the catalog: integration my-jira-integration, blueprint user")
      await service.wait(for: "catalog.db notes where to ask for resyncs")
      #expect(await service.end() == 0)
    }
  }

  @Test(
    "Kafka without brokers, with a protocol that there is not, or without a password is an error that says so",
    arguments: [
      ([:], "set OCEAN__EVENT_LISTENER__BROKERS"),
      (
        ["BROKERS": "127.0.0.1:1", "SECURITY_PROTOCOL": "TLS"],
        "OCEAN__EVENT_LISTENER__SECURITY_PROTOCOL to one of"
      ),
      (["BROKERS": "127.0.0.1:1"], "set OCEAN__EVENT_LISTENER__USERNAME and OCEAN__EVENT_LISTENER__PASSWORD"),
      (["BROKERS": "[1]", "KAFKA_SECURITY_ENABLED": "false"], "Kafka cannot be used with what is set"),
      (
        ["BROKERS": "127.0.0.1:1", "KAFKA_SECURITY_ENABLED": "false"],
        "it is not known in which topic of Kafka resyncs are asked for"
      ),
    ] as [([String: String], String)])
  func kafka(settings: [String: String], text: String) async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      var changes = ["OCEAN__EVENT_LISTENER__TYPE": "KAFKA"]
      for (name, value) in settings { changes["OCEAN__EVENT_LISTENER__\(name)"] = value }
      let result = try await run(site, ["--port", "0"], changes, environment)
      #expect(result.status == 2 && result.errors.contains(text), "\(result.status) \(result.errors)")
    }
  }

  @Test(
    "an event that the catalog refuses is a dead letter, which is applied once it is put back",
    .timeLimit(.minutes(2)))
  func putBack() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    let path = site.folder.path
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"], in: path,
        environment: environment.merging(["OCEAN__EVENT_LISTENER__TYPE": "WEBHOOKS_ONLY"]) { $1 })
      let event = try JSONSerialization.data(withJSONObject: [
        "webhookEvent": "user_updated", "timestamp": 1,
        "user": ["accountId": "5b10ac8d82e05b22cc7d4ef5", "displayName": "Mia Krystof"],
      ])
      // A blank is nothing that an identifier may have.
      try site.set("user", ["accountId": "u 1", "portolanMark": "user one"])
      #expect(
        try await service.send("POST", "/integration/webhook", event, site.headers(event)).status == 202)
      await service.wait(for: "is given up after 5 attempts, and kept as a dead letter")
      let list = try await Command.runAside(["events", "list"], in: path)
      #expect(list.output.contains("1 dead letter;"), "\(list.output)")
      try site.set("user", ["accountId": "u1", "portolanMark": "user one"])
      let retried = try await Command.runAside(["events", "retry", "--all"], in: path)
      #expect(
        retried.status == 0 && retried.output == "1 dead letter put back into the queue\n",
        "\(retried.output)\(retried.errors)")
      await service.wait(for: "user/u1 written")
      #expect(try await Command.runAside(["events", "list"], in: path).output.hasPrefix("no dead letters"))
      #expect(await service.end() == 0)
    }
  }

  @Test("a port or a file of events that another one has is an error that says so")
  func taken() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"], in: site.folder.path,
        environment: environment)
      let port = try #require(URL(string: try await service.url())?.port)
      let second = try await run(site, ["--port", "0"], [:], environment)
      #expect(second.status == 2 && second.errors.contains("events cannot be kept"), "\(second.errors)")
      let third = try await run(
        site, ["--events", "other.db", "--to", "other-catalog.db"], ["APPLICATION__PORT": "\(port)"],
        environment)
      #expect(third.status == 2, "\(third.errors)")
      #expect(third.errors.contains("cannot serve at 0.0.0.0:\(port)"), "\(third.errors)")
      #expect(third.errors.contains("choose another port with --port"), "\(third.errors)")
      #expect(await service.end() == 0)
    }
  }

  @Test("parents are asked for again in each resync")
  func afresh() async throws {
    let site = try EventSite("jira", kinds: ["project", "release"])
    try site.set("project", ["id": "10004", "key": "TICK", "portolanMark": "ticketing"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"], in: site.folder.path,
        environment: environment.merging([
          "OCEAN__EVENT_LISTENER__TYPE": "WEBHOOK", "OCEAN__EVENT_LISTENER__SECRET": "a-resync-s3cret",
        ]) { $1 })
      let asked = { site.requests.count { $0.hasPrefix("GET /rest/api/3/project/search") } }
      for number in 1...2 {
        let before = asked()
        let answer = try await service.send(
          "POST", "/resync", nil, ["Authorization": "Bearer a-resync-s3cret"])
        // The one before may have said that it is done, and be about to end.
        #expect(answer.status == 202, "\(answer.body)")
        await service.wait(for: "resync done", times: number)
        // Once for the projects, and once for those of the releases, which ask for less.
        #expect(asked() - before == 2, "\(site.requests)")
      }
      #expect(await service.end() == 0)
    }
  }

  @Test("events that are not understood are dead letters that can be looked at, retried and dropped")
  func deadLetters() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"], in: site.folder.path,
        environment: environment)
      for body in ["{", "no json"].map({ Data($0.utf8) }) {
        let answer = try await service.send("POST", "/integration/webhook", body, site.headers(body))
        #expect(answer.status == 202)
      }
      let path = site.folder.path
      let list = try await Command.runAside(["events", "list"], in: path)
      #expect(list.status == 0 && list.output.contains("not understood"), "\(list.output)\(list.errors)")
      #expect(
        list.output.contains("2 dead letters; `portolan events show NUMBER` shows one"), "\(list.output)")
      let json = try await Command.runAside(["events", "list", "--format", "json"], in: path).output
      let letters = try json.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      #expect(letters.count == 2 && letters[0]["attempts"] as? Int == 0, "\(json)")
      let numbers = letters.compactMap { $0["number"] as? Int }.map { "\($0)" }
      let shown = try await Command.runAside(["events", "show", numbers[0]], in: path)
      #expect(shown.output.contains("object    not understood"), "\(shown.output)")
      let retried = try await Command.runAside(["events", "retry", numbers[0]], in: path)
      #expect(retried.status == 1 && retried.errors.contains("could not be put back"), "\(retried.errors)")
      let dropped = try await Command.runAside(["events", "drop", numbers[0]], in: path)
      #expect(dropped.status == 0 && dropped.output == "1 dead letter dropped\n")
      #expect(try await Command.runAside(["events", "drop", numbers[0]], in: path).status == 1)
      #expect(try await Command.runAside(["events", "show", numbers[0]], in: path).status == 2)
      #expect(
        try await Command.runAside(["events", "drop", "--all"], in: path).output == "1 dead letter dropped\n")
      #expect(await service.end() == 0)
      #expect(try await Command.runAside(["events", "list"], in: path).output.hasPrefix("no dead letters"))
    }
  }
}
