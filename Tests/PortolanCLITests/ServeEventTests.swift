import Foundation
import TestSupport
import Testing

@Suite("portolan serve takes events from its door to the catalog", .serialized)
struct ServeEventTests {
  /// A kind, its events, and the member of an event that is its object.
  struct Kind: Sendable {
    var name: String
    var created: String
    var changed: String
    var deleted: String
    var member = ""
  }

  private static let jira = [
    Kind(
      name: "project", created: "project-created", changed: "project-updated", deleted: "project-deleted",
      member: "project"),
    Kind(
      name: "user", created: "user-created", changed: "user-updated", deleted: "user-deleted", member: "user"),
    Kind(
      name: "issue", created: "issue-created", changed: "issue-updated", deleted: "issue-deleted",
      member: "issue"),
    Kind(
      name: "release", created: "version-created", changed: "version-released", deleted: "version-deleted",
      member: "version"),
    Kind(
      name: "board", created: "board-created", changed: "board-updated", deleted: "board-deleted",
      member: "board"),
    Kind(
      name: "sprint", created: "sprint-created", changed: "sprint-started", deleted: "sprint-deleted",
      member: "sprint"),
    Kind(
      name: "worklog", created: "worklog-created", changed: "worklog-updated", deleted: "worklog-deleted",
      member: "worklog"),
  ]

  private static let octopus = ["space", "project", "release", "deployment", "machine"].map { kind in
    Kind(name: kind, created: "\(kind)-created", changed: "\(kind)-changed", deleted: "\(kind)-deleted")
  }

  private static let octopusIDs = [
    "space": "Spaces-22", "project": "Projects-301", "release": "Releases-1210",
    "deployment": "Deployments-901",
    "machine": "Machines-77",
  ]

  /// The object of a kind as its API has it, with a mark.
  private static func object(_ kind: Kind, _ site: EventSite, mark: String, hidden: Bool = false) throws
    -> EventSite.JSON
  {
    var object: EventSite.JSON
    if let id = octopusIDs[kind.name], site.name == "octopus" {
      object = ["Id": id, "SpaceId": "Spaces-22", "Name": "\(kind.name) one"]
    } else {
      object = try #require(try site.event(kind.created)[kind.member] as? EventSite.JSON)
    }
    // Without a selector that says more, only sprints that are active are asked for.
    if kind.name == "sprint" { object["state"] = "active" }
    object["portolanMark"] = mark
    object["portolanHidden"] = hidden
    return object
  }

  /// Sends an event; each is another delivery.
  private static func send(_ file: String, _ site: EventSite, to service: RunningService) async throws {
    var text = String(
      decoding: try JSONSerialization.data(withJSONObject: try site.event(file)), as: UTF8.self)
    text = text.replacing(/"Events-\d+"/, with: "\"Events-\(UUID().uuidString)\"")
    let body = Data(text.utf8)
    let answer = try await service.send("POST", "/integration/webhook", body, site.headers(body))
    #expect(answer.status == 202 && answer.body == #"{"status":"accepted"}"#, "\(file): \(answer)")
  }

  /// What the catalog holds, as lines of JSON.
  private static func catalog(_ site: EventSite) async throws -> String {
    let result = try await Command.runAside(
      ["catalog", "export", "--catalog", "catalog.db"], in: site.folder.path)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  private func follow(_ name: String, _ kinds: [Kind]) async throws {
    let site = try EventSite(name, kinds: kinds.map(\.name))
    try await site.run { environment in
      let service = try RunningService(
        [name, "--to", "catalog.db", "--port", "0", "--log", "text"], in: site.folder.path,
        environment: environment)
      await service.wait(for: "resync done")
      for kind in kinds {
        let has = { (mark: String) in try await Self.catalog(site).contains("\"\(mark)\"") }
        let put = { (mark: String, hidden: Bool) in
          try site.set(kind.name, try Self.object(kind, site, mark: mark, hidden: hidden))
        }
        let marks = ["created", "changed", "hidden", "again"].map { "\(kind.name)-\($0)" }
        try put(marks[0], false)
        try await Self.send(kind.created, site, to: service)
        await service.wait(for: "\(kind.name) is created") { try await has(marks[0]) }
        try put(marks[1], false)
        try await Self.send(kind.changed, site, to: service)
        await service.wait(for: "\(kind.name) is changed") { try await has(marks[1]) }
        try put(marks[2], true)
        try await Self.send(kind.changed, site, to: service)
        await service.wait(for: "\(kind.name) is not selected any more") { try await !has(marks[1]) }
        #expect(try await !has(marks[2]))
        try put(marks[3], false)
        try await Self.send(kind.changed, site, to: service)
        await service.wait(for: "\(kind.name) is selected again") { try await has(marks[3]) }
        try site.set(kind.name, nil)
        try await Self.send(kind.deleted, site, to: service)
        await service.wait(for: "\(kind.name) is deleted") { try await !has(marks[3]) }
        // Other kinds name it as their parent.
        try put("parent", true)
      }
      #expect(await service.end() == 0)
      #expect(service.lines.hasSuffix(" ended\n"), "\(service.lines)")
      for secret in [EventSite.secret, EventSite.token] { #expect(!service.lines.contains(secret)) }
      // What has no object of its own yet is one that is not selected.
      let complaints = service.lines.split(separator: "\n").filter {
        ($0.contains("error:") || $0.contains("warning:")) && !$0.hasSuffix("[no-entities]")
      }
      #expect(complaints.isEmpty, "\(complaints)")
    }
  }

  @Test("each kind of Jira: created, changed, not selected any more, deleted")
  func jira() async throws { try await follow("jira", Self.jira) }

  @Test("each kind of Octopus: created, changed, not selected any more, deleted")
  func octopus() async throws { try await follow("octopus", Self.octopus) }

  @Test("SIGTERM finishes what is under way, and what waits is done by the next one")
  func ending() async throws {
    let kind = Self.jira[1]
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let arguments = ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"]
      let first = try RunningService(arguments, in: site.folder.path, environment: environment)
      await first.wait(for: "resync done")
      site.slow(1)
      try site.set("user", try Self.object(kind, site, mark: "user-created"))
      let before = site.requests.count
      try await Self.send(kind.created, site, to: first)
      await first.wait(for: "the API is asked") { site.requests.count > before }
      let start = ContinuousClock.now
      #expect(await first.end() == 0)
      #expect(start.duration(to: .now) < .seconds(20))
      #expect(try await Self.catalog(site).contains("user-created"), "\(first.lines)")
      // It is killed while the next event is under way; the one after it takes it up.
      let second = try RunningService(
        arguments, in: site.folder.path,
        environment: environment.merging(["OCEAN__EVENT_LISTENER__TYPE": "WEBHOOKS_ONLY"]) { $1 })
      try site.set("user", try Self.object(kind, site, mark: "user-changed"))
      try await Self.send(kind.changed, site, to: second)
      #expect(await second.end(SIGKILL) != 0)
      site.slow(0)
      let third = try RunningService(
        arguments, in: site.folder.path,
        environment: environment.merging(["OCEAN__EVENT_LISTENER__TYPE": "WEBHOOKS_ONLY"]) { $1 })
      await third.wait(for: "the event is done") { try await Self.catalog(site).contains("user-changed") }
      #expect(await third.end() == 0)
    }
  }

  @Test("forged, huge and odd requests leave nothing, and are told nothing")
  func strangers() async throws {
    let site = try EventSite("jira", kinds: ["user"])
    try await site.run { environment in
      let service = try RunningService(
        ["jira", "--to", "catalog.db", "--port", "0", "--log", "text"], in: site.folder.path,
        environment: environment.merging(["OCEAN__PATH_PREFIX": "/jira"]) { $1 })
      let url = try await service.url()
      let result = try await Command.shellAside(
        #"""
        hook=\#(url)/jira/integration/webhook
        code() { curl -s -o body -w '%{http_code} ' --noproxy '*' "$@"; cat body; echo; }
        code -d '{}' $hook
        code -d '{}' -H 'X-Hub-Signature: sha256=00' $hook
        code -H 'Transfer-Encoding: chunked' -H 'X-Hub-Signature: sha256=00' -d '{"a":1}' $hook
        number() { curl -s -o /dev/null -w '%{http_code}\n' --noproxy '*' "$@"; }
        number -d '{}' -H "X-Long: $(head -c 100000 /dev/zero | tr '\0' a)" $hook
        number $hook
        number -I $hook
        code -d '{}' \#(url)/integration/webhook
        code \#(url)/jira/health/ready
        code \#(url)/nothing/../../etc/passwd --path-as-is
        """#, in: site.folder.path)
      let refused = #"401 {"error":"the request is not seen to be genuine"}"#
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect(lines.prefix(3) == [refused, refused, refused], "\(result.output)")
      #expect(lines.count == 9 && ["400", "401", "431"].contains(lines[3]), "\(result.output)")
      #expect(lines.dropFirst(4).prefix(2).allSatisfy { ["404", "405"].contains($0) }, "\(result.output)")
      #expect(lines.last == #"404 {"error":"Not Found"}"#, "\(result.output)")
      #expect(lines.contains(#"200 {"status":"healthy","check":"ready"}"#), "\(result.output)")
      #expect(await service.end() == 0)
      #expect(
        try await Command.runAside(["events", "list"], in: site.folder.path).output.contains(
          "no dead letters"))
    }
  }
}
