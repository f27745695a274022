import Portolan
import Testing

@testable import PortolanHTTP

@Suite struct OctopusFetcherTests {
  private func fetcher(_ url: String, key: String = "API-KEY-1") throws -> DeclaredFetcher {
    try .shipped("octopus", config: ["serverUrl": url, "octopusApiKey": key])
  }

  @Test func givesEverySpaceAcrossPages() async throws {
    let server = OctopusServer(spaces: 5)
    try await server.run { url in
      let spaces = try await fetcher(url).all("space")
      #expect(spaces.failure == nil)
      #expect(spaces.texts("Id") == (0..<5).map { "Spaces-\($0)" })
      #expect(spaces.texts("__url") == (0..<5).map { "\(url)/app#/Spaces-\($0)" })
    }
    #expect(
      server.log.requests
        == ["skip=0", "skip=2", "skip=4"].map { "GET /api/spaces?\($0)&take=50" })
  }

  @Test(
    arguments: [
      ("project", "Projects", "/projects/"), ("release", "Releases", "/releases/"),
      ("deployment", "Deployments", "/deployments/"), ("machine", "Machines", "/infrastructure/machines/"),
      ("runbook", "Runbooks", ""),
    ])
  func givesEveryObjectOfEverySpaceInOrder(_ kind: String, _ name: String, _ path: String) async throws {
    let server = OctopusServer(spaces: 3, objects: 5)
    try await server.run { url in
      let found = try await fetcher(url).all(kind)
      #expect(found.failure == nil)
      let places = (0..<3).flatMap { space in (0..<5).map { (space, "\(name)-\(space)\($0)") } }
      #expect(found.texts("Id") == places.map(\.1))
      #expect(found.texts("SpaceId") == places.map { "Spaces-\($0.0)" })
      #expect(
        found.texts("__url")
          == places.map { space, id in path.isEmpty ? "" : "\(url)/app#/Spaces-\(space)\(path)\(id)" })
    }
    // Each page is asked for once.
    #expect(server.log.requests.count == 2 + 3 * 3)
    #expect(Set(server.log.requests).count == server.log.requests.count)
  }

  @Test func endsWithAPageThatIsFull() async throws {
    let server = OctopusServer(spaces: 1, objects: 4)
    try await server.run { url in
      let found = try await fetcher(url).all("project")
      #expect(found.texts("Id").count == 4)
    }
    #expect(server.log.requests(with: "/projects").count == 2)
  }

  @Test func aServerWithoutObjectsHasNone() async throws {
    try await OctopusServer(spaces: 2, objects: 0).run { url in
      let found = try await fetcher(url).all("machine")
      #expect(found.failure == nil && found.objects.isEmpty)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func readsSpacesSideBySideWithinTheLimit() async throws {
    // Nothing is answered before five are under way, which is the limit in fetcher.yml.
    let server = OctopusServer(spaces: 8, objects: 1, meetingSize: 5)
    try await server.run { url in
      let found = try await fetcher(url).all("project")
      #expect(found.failure == nil)
      #expect(found.texts("Id") == (0..<8).map { "Projects-\($0)0" })
    }
    #expect(server.meeting.most == 5)
  }

  @Test func aWrongKeyIsAnErrorThatDoesNotShowIt() async throws {
    try await OctopusServer().run { url in
      let refused = try await fetcher(url, key: "API-WRONG-1").all("project")
      #expect(refused.objects.isEmpty)
      let message = "\(refused.failure.map { "\($0)" } ?? "none")"
      #expect(message.contains("GET \(url)/api/spaces?skip=0&take=50"), "\(message)")
      #expect(message.contains("401") && message.contains("was not valid"), "\(message)")
      #expect(!message.contains("API-WRONG-1"))
    }
  }

  @Test func aSpaceThatMayNotBeReadLeavesTheOthers() async throws {
    let server = OctopusServer(
      objects: 2,
      log: RequestLog([.init(path: "Spaces-1/projects", times: 9) { .json("{}", status: .forbidden) }]))
    try await server.run { url in
      let found = try await fetcher(url).all("project")
      #expect(found.texts("Id") == ["Projects-00", "Projects-01", "Projects-20", "Projects-21"])
      #expect("\(found.failure.map { "\($0)" } ?? "none")".contains("/api/Spaces-1/projects?skip=0&take=50"))
    }
  }
}
