import Hummingbird
import Portolan
import TestServer
import TestSupport
import Testing

@testable import PortolanHTTP

/// Lists that change while they are read: what is there from the first page to the last comes once, or the end is an
/// error.
@Suite struct ChangingListTests {
  private func paging(_ style: ListServer.Style, total: Bool) -> String {
    "{get: /things, items: .items, paging: {\(style.rawValue): \(style.rawValue), limit: size, size: 3\(total ? ", total: .body.total" : "")}}"
  }

  private func read(_ server: ListServer) async throws -> Fetched {
    let (results, result) = AsyncStream<Fetched>.makeStream()
    try await server.run { url in
      let fetcher = try DeclaredFetcher.ofThings(url, paging(server.style, total: server.givesTotal))
      result.yield(await fetcher.all("thing"))
      result.finish()
    }
    var fetched = Fetched()
    for await value in results { fetched = value }
    return fetched
  }

  @Test(arguments: ListServer.Style.allCases) func isReadWhole(_ style: ListServer.Style) async throws {
    for (count, total) in [(0, true), (1, true), (3, false), (7, true), (7, false), (9, true)] {
      let fetched = try await read(
        ListServer(style, ids: Array(0..<count), pageLimit: 3, givesTotal: total))
      #expect(fetched.failure == nil)
      #expect(fetched.texts("id") == (0..<count).map(String.init))
    }
  }

  @Test(arguments: ListServer.Style.allCases)
  func aServerThatPutsFewerObjectsOnAPageIsReadWhole(_ style: ListServer.Style) async throws {
    let fetched = try await read(ListServer(style, ids: Array(0..<7), pageLimit: 2, givesTotal: true))
    #expect(fetched.failure == nil)
    #expect(fetched.texts("id") == (0..<7).map(String.init))
  }

  @Test(arguments: ListServer.Style.allCases)
  func whatMovesUpBecauseAnObjectIsDeletedIsReadAgain(_ style: ListServer.Style) async throws {
    let server = ListServer(
      style, ids: Array(0..<9), pageLimit: 3, givesTotal: true, changes: [1: { $0.removeAll { $0 == 1 } }])
    let fetched = try await read(server)
    #expect(fetched.failure == nil)
    #expect(fetched.texts("id").sorted() == (0..<9).map(String.init))
  }

  @Test(arguments: ListServer.Style.allCases)
  func whatMovesDownBecauseAnObjectIsAddedComesOnce(_ style: ListServer.Style) async throws {
    let server = ListServer(
      style, ids: Array(0..<9), pageLimit: 3, givesTotal: true, changes: [1: { $0.insert(100, at: 0) }])
    let fetched = try await read(server)
    #expect(fetched.failure == nil)
    #expect(fetched.texts("id").filter { $0 != "100" } == (0..<9).map(String.init))
  }

  @Test func anyChangesLeaveWhatLasts() async throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<60 {
      let style = ListServer.Style.allCases.randomElement(using: &random) ?? .offset
      let count = Int.random(in: 0...25, using: &random)
      var next = 1000
      var changes: [Int: @Sendable (inout [Int]) -> Void] = [:]
      var description: [String] = []
      for request in 1..<8 where Bool.random(using: &random) {
        let (from, share, isAdded) = (
          next, Double.random(in: 0..<1, using: &random), Bool.random(using: &random)
        )
        next += 1
        description.append("before \(request): \(isAdded ? "add" : "delete") at \(share)")
        changes[request] = { ids in
          let place = Int(Double(ids.count) * share)
          if isAdded { ids.insert(from, at: place) } else if !ids.isEmpty { ids.remove(at: place) }
        }
      }
      let server = ListServer(style, ids: Array(0..<count), pageLimit: 3, givesTotal: true, changes: changes)
      let fetched = try await read(server)
      let ids = fetched.texts("id")
      let lasting = Set(0..<count).intersection(server.ids).map(String.init)
      let story = Comment(rawValue: "seed \(seed): \(style), \(count) objects, \(description)")
      #expect(Set(ids).count == ids.count, story)
      if fetched.failure == nil { #expect(Set(ids).isSuperset(of: lasting), story) }
    }
  }
}

/// Lists whose pages are thinned out after they are cut, as where some accounts may not be seen.
@Suite struct ThinnedListTests {
  @Test func isReadToItsEnd() async throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SeededRandom(seed: seed)
    for _ in 0..<20 {
      // One of eight: a page of ten may be empty, and two in a row are not.
      let shown = (0..<15).map { $0 * 8 + Int.random(in: 0..<8, using: &random) }
      let router = Router()
      router.get("things") { request, _ -> Response in
        let start = request.uri.queryParameters["offset"].flatMap { Int($0) } ?? 0
        let page = shown.filter { (start..<start + 10).contains($0) }
        return .json("[\(page.map { #"{"id": \#($0)}"# }.joined(separator: ","))]")
      }
      try await TestServer.run(router) { server in
        let fetcher = try DeclaredFetcher.ofThings(
          server.url, "{get: /things, paging: {offset: offset, limit: size, size: 10}}")
        let fetched = await fetcher.all("thing")
        #expect(fetched.texts("id") == shown.map(String.init), "seed \(seed)")
        #expect(fetched.failure == nil, "seed \(seed)")
      }
    }
  }
}
