import Crypto
import Foundation
import Synchronization
import TestServer
import TestSupport
import Testing

/// A Jira or an Octopus on loopback that has one object of each kind or none, and a folder with an integration for it.
final class EventSite: Sendable {
  typealias JSON = [String: Any]

  static let secret = "a-webhook-s3cret-of-mine"
  static let token = "an-api-t0ken-of-mine"

  private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  let name: String
  let folder: TemporaryFolder
  /// The objects that are there, by kind, as JSON.
  private let objects = Mutex<[String: Data]>([:])
  /// How long every answer takes, in seconds.
  private let delay = Mutex(0.0)
  private let seen = Mutex<[String]>([])

  init(_ name: String, kinds: [String]) throws {
    self.name = name
    folder = try TemporaryFolder()
    let resources = kinds.map { kind in
      #"""
        - kind: \#(kind)
          selector: {query: .portolanHidden != true}
          port:
            entity:
              mappings:
                identifier: .id // .Id // .accountId | tostring
                title: .portolanMark
                blueprint: '"\#(kind)"'
      """#
    }
    try folder.write(
      ".port/\(name)/resources/port-app-config.yml", "resources:\n" + resources.joined(separator: "\n") + "\n"
    )
    let blueprints = kinds.map {
      #"{"identifier":"\#($0)","title":"\#($0)","schema":{"properties":{},"required":[]},"relations":{}}"#
    }
    let spec = Self.tests.deletingLastPathComponent().appending(path: ".port/\(name)/spec.yml")
    try folder.write(".port/\(name)/spec.yml", try Data(contentsOf: spec))
    try folder.write(".port/\(name)/resources/blueprints.json", "[\(blueprints.joined(separator: ","))]")
  }

  /// The requests that came, as `GET /path`.
  var requests: [String] { seen.withLock { $0 } }

  func slow(_ seconds: Double) { delay.withLock { $0 = seconds } }

  /// Puts an object there; nil takes it away.
  func set(_ kind: String, _ object: JSON?) throws {
    let data = try object.map { try JSONSerialization.data(withJSONObject: $0) }
    objects.withLock { $0[kind] = data }
  }

  private func object(_ kind: String) -> String? {
    objects.withLock { $0[kind] }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Answers requests while `body` runs, which gets what is set for it.
  func run<Result: Sendable>(
    _ body: @escaping @Sendable ([String: String]) async throws -> Result
  ) async throws -> Result {
    try await RawServer.run { request, _ in
      self.seen.withLock { $0.append("\(request.method) \(request.target)") }
      let seconds = self.delay.withLock { $0 }
      let answer = self.name == "jira" ? self.jira(request) : self.octopus(request)
      return (seconds > 0 ? [.pause(.seconds(seconds))] : []) + [.answer(answer.0, answer.1)]
    } _: { server in
      try await body(self.environment(server.url))
    }
  }

  private func environment(_ url: String) -> [String: String] {
    var environment = [
      "OCEAN__INTEGRATION__CONFIG__WEBHOOK_SECRET": Self.secret, "NO_PROXY": "127.0.0.1",
      "no_proxy": "127.0.0.1",
    ]
    let prefix = "OCEAN__INTEGRATION__CONFIG__"
    if name == "jira" {
      environment[prefix + "JIRA_HOST"] = url
      environment[prefix + "ATLASSIAN_USER_TOKEN"] = Self.token
    } else {
      environment[prefix + "SERVER_URL"] = url
      environment[prefix + "OCTOPUS_API_KEY"] = Self.token
    }
    return environment
  }

  // MARK: Events

  /// An event of `Tests/Events`.
  func event(_ file: String) throws -> JSON {
    let data = try Data(contentsOf: Self.tests.appending(path: "Events/\(name)/\(file).json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? JSON)
  }

  /// The headers that make a body genuine.
  func headers(_ body: Data) -> [String: String] {
    guard name == "jira" else { return ["X-Octopus-Webhook-Secret": Self.secret] }
    let code = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Data(Self.secret.utf8)))
    return ["X-Hub-Signature": "sha256=" + code.map { String(format: "%02x", $0) }.joined()]
  }

  // MARK: What the APIs answer

  private func list(_ member: String, _ kind: String, _ more: String = "") -> (Int, String) {
    let object = object(kind)
    return (200, #"{"\#(member)":[\#(object ?? "")],"total":\#(object == nil ? 0 : 1)\#(more)}"#)
  }

  private func one(_ kind: String) -> (Int, String) {
    object(kind).map { (200, $0) } ?? (404, #"{"errorMessages":["there is none"]}"#)
  }

  private func jira(_ request: RawServer.Request) -> (Int, String) {
    let path = String(request.target.prefix { $0 != "?" })
    switch path {
    case "/rest/webhooks/1.0/webhook":
      return request.method == "GET" ? (200, "[]") : (201, #"{"self":"https://jira.example.com/webhook/1"}"#)
    case "/rest/api/3/project/search": return list("values", "project")
    case "/rest/api/3/search/jql":
      guard object("issue") != nil || !request.body.contains("id = ") else {
        return (400, #"{"errorMessages":["An issue with key '10214' does not exist for field 'id'."]}"#)
      }
      return list("issues", "issue", #","isLast":true"#)
    case "/rest/api/3/users/search":
      return (200, "[\(request.target.contains("startAt=0") ? object("user") ?? "" : "")]")
    case "/rest/api/3/user": return one("user")
    case "/rest/api/3/project/TICK/version": return list("values", "release")
    case "/rest/agile/1.0/board": return list("values", "board")
    case "/rest/agile/1.0/board/34/project": return list("values", "project")
    case "/rest/agile/1.0/board/34/sprint": return list("values", "sprint")
    case "/rest/api/3/issue/TICK-214/worklog": return list("worklogs", "worklog")
    default: break
    }
    let kinds = [
      ("/rest/api/3/version/", "release"), ("/rest/agile/1.0/board/", "board"),
      ("/rest/agile/1.0/sprint/", "sprint"), ("/rest/api/3/issue/10214/worklog/", "worklog"),
    ]
    return kinds.first { path.hasPrefix($0.0) }.map { one($0.1) } ?? (404, "{}")
  }

  private func octopus(_ request: RawServer.Request) -> (Int, String) {
    let steps = request.target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
    switch steps.count {
    case 2:
      let items = object("space") ?? #"{"Id":"Spaces-22","Name":"Docks","portolanHidden":true}"#
      return (200, #"{"Items":[\#(items)],"TotalResults":1,"LastPageNumber":0}"#)
    case 3 where steps[1] == "spaces": return one("space")
    case 3:
      let object = object(String(steps[2].dropLast())) ?? ""
      return (200, #"{"Items":[\#(object)],"TotalResults":\#(object.isEmpty ? 0 : 1),"LastPageNumber":0}"#)
    case 4: return one(String(steps[2].dropLast()))
    default: return (404, "{}")
    }
  }
}
