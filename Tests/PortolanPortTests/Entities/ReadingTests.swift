import PortolanCatalog
import RawJSON
import Synchronization
import TestServer
import Testing

@Suite struct ReadingTests {
  @Test func readsWholeEntitiesWithoutWhatPortCalculates() async throws {
    let owned = try await FakePort(.with(["a", "b"])).run { catalog, _ in try await catalog.owned() }
    #expect(owned.map(\.key) == [EntityKey("service", "a"), EntityKey("service", "b")])
    #expect(owned.first.map { String(decoding: $0.json, as: UTF8.self) } == entity("a"))
    #expect(owned.first?.datasource == "port-ocean/jira/1.0.0/my-jira/exporter")
  }

  @Test(arguments: [1, 7, 5000])
  func readsAllPages(pageSize: Int) async throws {
    let names = (0..<731).map { "e-\($0)" }
    let port = FakePort(pageSize: pageSize, .with(names))
    let owned = try await port.run { catalog, _ in try await catalog.owned() }
    #expect(Set(owned.map(\.key.identifier)) == Set(names))
    #expect(owned.count == names.count)
  }

  @Test func leavesOutWhatIsNotItsOwn() async throws {
    var state = FakePort.State.with(["a", "b"])
    state.datasources[EntityKey("service", "b")] = "port-ocean/jira/1.0.0/another/exporter"
    let owned = try await FakePort(state).run { catalog, _ in try await catalog.owned() }
    #expect(owned.map(\.key.identifier) == ["a"])
  }

  @Test func keepsWhatTheListNamesAndNobodyFinds() async throws {
    let port = FakePort(.with(["a", "b"]))
    let owned = try await port.run { catalog, _ in
      var all: [CatalogEntity] = []
      port.change { $0.entities[EntityKey("service", "a")] = nil }
      for try await some in catalog.ownedEntities(of: FakePort.owner) { all += some }
      return all
    }
    #expect(Set(owned.map(\.key.identifier)) == ["a", "b"])
    let bare = owned.first { $0.key.identifier == "a" }.map { String(decoding: $0.json, as: UTF8.self) }
    #expect(bare == #"{"identifier":"a","blueprint":"service"}"#)
  }

  @Test(arguments: [1, 2, .max])
  func looksAgainWhereNoneOfAGroupIsFound(failing: Int) async throws {
    let count = Mutex(0)
    let port = FakePort(.with(["a", "b"])) { request, _ in
      guard request.target.contains("entities/search"),
        count.withLock({ count in
          count += 1
          return count <= failing
        })
      else { return nil }
      return .instead([.answer(200, #"{"ok":true,"entities":[]}"#)])
    }
    let owned = try await port.run { catalog, _ in try await catalog.owned() }
    #expect(owned.map(\.key.identifier) == ["a", "b"])
    #expect(owned.allSatisfy { String(decoding: $0.json, as: UTF8.self).contains("title") == (failing == 1) })
    #expect(count.withLock { $0 } == 2)
  }

  @Test func goesOnAtANumber() async throws {
    let pages = [
      #"{"entities":[{"identifier":"a","blueprint":"service"}],"next":1}"#,
      #"{"entities":[{"identifier":"b","blueprint":"service"}],"next":false}"#,
    ]
    let port = FakePort(.with(["a", "b"])) { request, _ in
      guard request.target.contains("datasource-entities") else { return nil }
      return .instead([.answer(200, pages[request.body.contains(#""from":1"#) ? 1 : 0])])
    }
    let owned = try await port.run { catalog, _ in try await catalog.owned() }
    #expect(owned.map(\.key.identifier) == ["a", "b"])
  }

  @Test func asksForSmallerGroupsWhereAnAnswerIsTooLarge() async throws {
    // Each is 60 KB: a hundred of them are more than the 4 MiB that an answer may have.
    var state = FakePort.State.with([])
    for number in 0..<100 {
      let key = EntityKey("service", "e-\(number)")
      state.entities[key] = Array(entity("e-\(number)", text: String(repeating: "x", count: 60_000)).utf8)
      state.datasources[key] = "port-ocean/jira/1/my-jira/exporter"
    }
    let owned = try await FakePort(state).run { catalog, _ in try await catalog.owned() }
    #expect(owned.count == 100)
  }

  @Test func readsOnOnlyWhenAsked() async throws {
    let port = FakePort(pageSize: 100, .with((0..<3000).map { "e-\($0)" }))
    let requests = try await port.run { catalog, server in
      var stream = catalog.ownedEntities(of: FakePort.owner).makeAsyncIterator()
      let first = try await stream.next()
      #expect(first?.count == 100)
      return server.requests.count
    }
    // A token, and a few pages of keys and their entities.
    #expect(requests <= 10)
  }

  @Test func endsWithItsTask() async throws {
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    let port = FakePort(.with(["a"])) { request, _ in
      guard request.target.contains("entities/search") else { return nil }
      arrival.yield()
      return .instead([.hang])
    }
    try await port.run { catalog, _ in
      let task = Task { try await catalog.owned() }
      for await _ in arrived { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  /// Lists that nobody can read, or that do not end, and what is said of them.
  private static let lists: [(answer: @Sendable (Int) -> String, says: String)] = [
    ({ _ in #"{"entities":[{"identifier":"a","blueprint":"service"}],"next":"same"}"# }, "came before"),
    ({ #"{"entities":[{"identifier":"a","blueprint":"service"}],"next":"\#($0)"}"# }, "a page came again"),
    ({ #"{"entities":[],"next":"\#($0)"}"# }, "pages had no entity"),
    ({ _ in #"{"entities":[],"next":7}"# }, "came before"),
    ({ _ in #"{"entities":[],"next":[7]}"# }, "`next` is no text"),
    ({ _ in #"{"ok":true}"# }, "no list in `entities`"),
    ({ _ in #"{"entities":{"a":1}}"# }, "no list in `entities`"),
    ({ _ in #"{"entities":[{"identifier":7,"blueprint":"service"}]}"# }, "what is no entity"),
    ({ _ in #"{"entities":[null]}"# }, "what is no entity"),
    ({ _ in #"{"entities":[{"identifier":"","blueprint":"service"}]}"# }, "what is no entity"),
    (
      { _ in #"{"entities":[{"identifier":"a","blueprint":"service"}],"total":2,"next":null}"# },
      "2 entities, of which 1 came"
    ),
    ({ _ in String(repeating: "[", count: 100_000) }, "cannot be used"),
    ({ _ in #"{"entities":["# }, "cannot be used"),
    ({ _ in "[]" }, "no list in `entities`"),
    ({ _ in "null" }, "no list in `entities`"),
  ]

  @Test(arguments: lists.indices)
  func endsAListThatCannotBeRead(place: Int) async throws {
    let list = Self.lists[place]
    let count = Mutex(0)
    let port = FakePort(.with(["a"])) { request, number in
      guard request.target.contains("datasource-entities") else { return nil }
      count.withLock { $0 += 1 }
      return .instead([.answer(200, list.answer(number))])
    }
    let error = try await port.run { catalog, _ in await catalogError { try await catalog.owned() } }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains(list.says) == true, "\(String(describing: error))")
    #expect(count.withLock { $0 } < 100)
  }

  @Test func doesNotReadWhatIsTooLarge() async throws {
    let port = FakePort(.with(["a"])) { request, _ in
      request.target.contains("datasource-entities")
        ? .instead([.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n["), .close]) : nil
    }
    let error = try await port.run { catalog, _ in await catalogError { try await catalog.owned() } }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("was answered with more than") == true)
  }

  @Test func takesOfASearchOnlyWhatItAskedFor() async throws {
    let port = FakePort(.with(["a"])) { request, _ in
      guard request.target.contains("entities/search") else { return nil }
      let entities = [
        #"{"identifier":"a","blueprint":"other"}"#, #"{"identifier":"z","blueprint":"service"}"#, entity("a"),
        #"{"identifier":"a","blueprint":"service","title":"again"}"#,
      ]
      return .instead([.answer(200, #"{"entities":[\#(entities.joined(separator: ","))]}"#)])
    }
    let found = try await port.run { catalog, _ in try await catalog.entities(["a", "a", "b"], of: "service")
    }
    #expect(found.map { String(decoding: $0.json, as: UTF8.self) } == [entity("a")])
  }

  @Test func takesNoTextThatIsNotUTF8() async throws {
    let port = FakePort(.with(["a"])) { request, _ in
      guard request.target.contains("entities/search") else { return nil }
      let body = Array(#"{"entities":[{"identifier":"a","blueprint":"service","title":""#.utf8) + [0xE9]
      let rest = Array(#""}]}"#.utf8)
      let head = "HTTP/1.1 200 OK\r\nContent-Length: \(body.count + rest.count)\r\n\r\n"
      return .instead([.bytes(Array(head.utf8) + body + rest)])
    }
    let error = try await port.run { catalog, _ in
      await catalogError { try await catalog.entities(["a"], of: "service") }
    }
    #expect(error?.kind == .unreadable)
  }

  @Test func findsNothingInABlueprintThatIsNotThere() async throws {
    let port = FakePort(.with([])) { request, _ in
      request.target.contains("search") ? .instead([.answer(404, #"{"error":"not_found"}"#)]) : nil
    }
    let found = try await port.run { catalog, _ in
      #expect(try await catalog.blueprint("service") != nil)
      #expect(try await catalog.blueprint("other") == nil)
      return try await catalog.entities(["a"], of: "other")
    }
    #expect(found.isEmpty)
    let error = try await port.run { catalog, _ in
      await catalogError { try await catalog.entities(["a"], of: "service") }
    }
    #expect(error?.kind == .notFound)
  }

  @Test func findsWhatRelatesToEntities() async throws {
    var state = FakePort.State.with(["a", "b"])
    state.blueprints["deployment"] = Array(
      #"{"identifier":"deployment","relations":{"service":{"target":"service"},"env":{"target":"env"}}}"#.utf8
    )
    let relations = [
      "d1": #"{"service":"a","env":"a"}"#, "d2": #"{"service":["b","c"]}"#, "d3": #"{"service":null}"#,
    ]
    for (name, relation) in relations {
      state.entities[EntityKey("deployment", name)] = Array(
        #"{"identifier":"\#(name)","blueprint":"deployment","relations":\#(relation)}"#.utf8)
    }
    let found = try await FakePort(state).run { catalog, _ in
      try await catalog.relatedEntities(to: [EntityKey("service", "a"), EntityKey("service", "b")])
    }
    let wanted = [
      RelatedEntity(EntityKey("deployment", "d1"), "service", to: EntityKey("service", "a")),
      RelatedEntity(EntityKey("deployment", "d2"), "service", to: EntityKey("service", "b")),
    ]
    #expect(Set(found) == Set(wanted))
    #expect(found.count == 2)
  }

  @Test(arguments: [400, 404, 422, 500])
  func saysThatItIsNotKnownWhatRelatesToEntities(status: Int) async throws {
    let port = FakePort(.with(["a"])) { request, _ in
      request.target.contains("search")
        ? .instead([.answer(status, #"{"error":"invalid","message":"no such operator"}"#)]) : nil
    }
    let error = try await port.run { catalog, _ in
      await catalogError { try await catalog.relatedEntities(to: [EntityKey("service", "a")]) }
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("not known what relates") == true)
    #expect(error?.message.contains("no such operator") == true)
  }
}
