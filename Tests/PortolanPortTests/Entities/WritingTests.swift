import PortolanCatalog
import TestServer
import Testing

@Suite struct WritingTests {
  private func upsert(
    _ port: FakePort, _ writes: [EntityWrite], of blueprint: String = "service"
  ) async throws -> [WriteOutcome] {
    try await port.run { catalog, _ in
      try await catalog.upsert(writes, of: blueprint, UpsertOptions(), in: testRun)
    }
  }

  @Test func saysWhatIsNew() async throws {
    let outcomes = try await upsert(FakePort(.with(["a"])), writes(["a", "b"]))
    #expect(outcomes == [.done(identifier: "a", isNew: false), .done(identifier: "b", isNew: true)])
  }

  @Test func namesEachThatIsRefused() async throws {
    let port = FakePort(.with([]))
    let outcomes = try await upsert(port, writes(["a", "bad-1", "b", "bad-2"]))
    #expect(outcomes.map { $0.refusal?.message } == [nil, "bad-1 is bad", nil, "bad-2 is bad"])
    #expect(outcomes[1].refusal?.status == 422)
    #expect(outcomes[1].refusal?.code == "invalid_request")
    #expect(outcomes.compactMap(\.refusal).allSatisfy { !$0.isUnresolvedQuery })
    #expect(Set(port.now.entities.keys.map(\.identifier)) == ["a", "b"])
  }

  @Test func tellsAQueryWithoutAMatchFromAnEntityOfThatName() async throws {
    let query = EntityWrite(json: Array(#"{"identifier":{"combinator":"and","rules":[]}}"#.utf8))
    let named = EntityWrite(json: Array(#"{"identifier":"unknown"}"#.utf8))
    let errors = (0...1).map {
      #"{"identifier":"unknown","index":\#($0),"statusCode":404,"error":"not_found","message":"none"}"#
    }
    let port = FakePort(.with([])) { _, _ in
      .instead([.answer(207, #"{"ok":false,"errors":[\#(errors.joined(separator: ","))]}"#)])
    }
    let outcomes = try await upsert(port, [query, named])
    #expect(outcomes.map { $0.refusal?.isUnresolvedQuery } == [true, false])
  }

  @Test func letsOneThatSpoilsABatchCostItself() async throws {
    let names = (0..<19).map { "e-\($0)" }
    let port = FakePort(.with([]))
    let outcomes = try await upsert(port, writes(names + ["poison"]))
    #expect(outcomes.prefix(19).allSatisfy { $0.refusal == nil })
    #expect(outcomes.last?.refusal?.message == "one of them is poison")
    #expect(port.now.entities.count == 19)
    #expect(port.now.requests < 12)
  }

  @Test func letsOneThatPortFailsAtCostItself() async throws {
    let port = FakePort(.with([])) { request, _ in
      ["e-3\"", "e-4\""].contains(where: request.body.contains)
        ? .instead([.answer(500, #"{"message":"cannot handle it"}"#)]) : nil
    }
    let outcomes = try await upsert(port, writes((0..<20).map { "e-\($0)" }))
    #expect(outcomes.indices.filter { outcomes[$0].refusal != nil } == [3, 4])
    #expect(outcomes[3].refusal?.status == 500)
    #expect(outcomes[3].refusal?.message == "cannot handle it")
    #expect(port.now.entities.count == 18)
    let alone = try await upsert(port, writes(["e-3"]))
    #expect(alone.first?.refusal?.message == "cannot handle it")
  }

  @Test func doesNotBlameEntitiesWherePortFailsAtEach() async throws {
    let port = FakePort(.with(["a", "b"])) { request, _ in
      request.target.contains("bulk") ? .instead([.answer(500, #"{"message":"out of order"}"#)]) : nil
    }
    try await port.run { catalog, _ in
      let write = await catalogError {
        try await catalog.upsert(writes(["a", "b"]), of: "service", UpsertOptions(), in: testRun)
      }
      let delete = await catalogError {
        try await catalog.delete(["a", "b"], of: "service", deletingDependents: false, in: testRun)
      }
      for error in [write, delete] {
        #expect(error?.kind == .unavailable)
        #expect(error?.message.contains("out of order") == true)
      }
    }
  }

  @Test func deletesAllButWhatPortFailsAt() async throws {
    let names = (0..<30).map { "e-\($0)" }
    let port = FakePort(.with(names)) { request, _ in
      request.target.contains("/delete") && request.body.contains("e-7\"")
        ? .instead([.answer(500, #"{"message":"cannot handle it"}"#)]) : nil
    }
    let outcomes = try await delete(port, names)
    #expect(outcomes.indices.filter { outcomes[$0].refusal != nil } == [7])
    #expect(outcomes[7].refusal?.message == "cannot handle it")
    #expect(port.now.entities.keys.map(\.identifier) == ["e-7"])
  }

  @Test func makesSmallerBatchesOfWhatIsTooLarge() async throws {
    let text = String(repeating: "x", count: 100_000)
    let port = FakePort(.with([])) { request, _ in
      request.body.utf8.count > 300_000 ? .instead([.answer(413, "too large")]) : nil
    }
    let outcomes = try await upsert(port, writes((0..<10).map { "e-\($0)" }, text: text))
    #expect(outcomes.allSatisfy { $0.refusal == nil })
    #expect(port.now.entities.count == 10)
  }

  @Test func saysHowLargeOneIsThatIsTooLarge() async throws {
    let port = FakePort(.with([]))
    let large = writes(["large"], text: String(repeating: "x", count: 1 << 20))
    let outcomes = try await upsert(port, writes(["a"]) + large + writes(["b"]))
    #expect(outcomes.map { $0.refusal?.status } == [nil, 413, nil])
    #expect(outcomes[1].refusal?.message.contains("its \(large[0].json.count) bytes") == true)
    #expect(port.now.entities.count == 2)
  }

  @Test func writesNoMoreThanFitsIntoARequest() async throws {
    let port = FakePort(.with([]))
    let text = String(repeating: "x", count: 300_000)
    let outcomes = try await upsert(
      port, writes((0..<45).map { "e-\($0)" }) + writes(["l1", "l2", "l3", "l4"], text: text))
    #expect(outcomes.allSatisfy { $0.refusal == nil })
    #expect(port.now.entities.count == 49)
    #expect(port.now.requests == 4)
  }

  @Test func asksOnceForABlueprintThatIsNotThere() async throws {
    let port = FakePort(.with([]))
    let outcomes = try await upsert(port, writes((0..<20).map { "e-\($0)" }), of: "other")
    #expect(outcomes.allSatisfy { $0.refusal?.status == 404 })
    #expect(port.now.requests == 2)
  }

  /// Answers that say nothing that can be used of an entity, or too much.
  private static let answers: [(body: String, wanted: [Bool])] = [
    (#"{"ok":true}"#, [false, false]), (#"[]"#, [false, false]), (#"null"#, [false, false]),
    (#"{"entities":7,"errors":"x"}"#, [false, false]),
    (#"{"entities":[{"index":0,"created":true}]}"#, [true, false]),
    (#"{"entities":[{"index":0},{"index":2},{"index":-1},{"index":1e99},{"index":"1"}]}"#, [true, false]),
    (#"{"entities":[{"index":0.5},{"index":99999999999999999999},null,[]]}"#, [false, false]),
    (#"{"entities":[{"index":0},{"index":1},{"index":0},{"index":1}]}"#, [true, true]),
    (#"{"entities":[{"index":0},{"index":1}],"errors":[{"index":1}]}"#, [true, false]),
    (#"{"entities":[{"index":0.0},{"index":1e0}]}"#, [true, true]),
  ]

  @Test(arguments: answers.indices)
  func takesForDoneOnlyWhatIsSaidToBe(place: Int) async throws {
    let answer = Self.answers[place]
    let port = FakePort(.with([])) { _, _ in .instead([.answer(200, answer.body)]) }
    let outcomes = try await upsert(port, writes(["a", "b"]))
    #expect(outcomes.map { $0.refusal == nil } == answer.wanted)
    for refusal in outcomes.compactMap(\.refusal) where refusal.code == "no_answer" {
      #expect(refusal.status == 200)
      #expect(refusal.message == "the catalog did not say what became of it")
    }
  }

  @Test func showsNoSecretThatARefusalRepeats() async throws {
    let message = #"token-1 and portolan-secret-1234\u001b[31m \n are bad"#
    let port = FakePort(.with([])) { _, _ in
      .instead([.answer(207, #"{"errors":[{"index":0,"statusCode":422,"message":"\#(message)"}]}"#)])
    }
    let outcomes = try await upsert(port, writes(["a"]))
    #expect(outcomes.first?.refusal?.message == "*** and *** [31m are bad")
  }

  private func delete(_ port: FakePort, _ identifiers: [String]) async throws -> [WriteOutcome] {
    try await port.run { catalog, _ in
      try await catalog.delete(identifiers, of: "service", deletingDependents: false, in: testRun)
    }
  }

  @Test func takesForDeletedWhatIsNotThere() async throws {
    let port = FakePort(.with(["a", "b"]))
    let outcomes = try await delete(port, ["a", "gone"])
    #expect(
      outcomes == [.done(identifier: "a", isNew: false), .done(identifier: "gone", isNew: false)])
    #expect(port.now.entities.keys.map(\.identifier) == ["b"])
  }

  @Test func namesWhatWasKeptWithoutAWord() async throws {
    let port = FakePort(.with(["a", "kept-1"]))
    let outcomes = try await delete(port, ["a", "kept-1", "gone"])
    #expect(outcomes.map { $0.refusal?.message } == [nil, "the catalog kept it, and did not say why", nil])
  }

  @Test func letsOneThatIsNeededCostItself() async throws {
    let names = (0..<150).map { "e-\($0)" }
    let port = FakePort(.with(names + ["needed-1"]))
    let outcomes = try await delete(port, names + ["needed-1", "gone"])
    #expect(outcomes.map { $0.refusal == nil } == Array(repeating: true, count: 150) + [false, true])
    #expect(outcomes[150].refusal?.message == "something relates to it")
    #expect(port.now.entities.keys.map(\.identifier) == ["needed-1"])
  }

  @Test func takesEverythingForDeletedWithItsBlueprint() async throws {
    let port = FakePort(.with(["a"]))
    let outcomes = try await port.run { catalog, _ in
      port.change { $0.blueprints = [:] }
      return try await catalog.delete(["a", "b"], of: "other", deletingDependents: true, in: testRun)
    }
    #expect(outcomes.allSatisfy { $0.refusal == nil })
  }

  @Test(arguments: [#"{"ok":true}"#, #"{"deletedEntities":[7,null,{}]}"#, #"{"deletedEntities":"a"}"#, "[]"])
  func looksForWhatIsNotSaidToBeDeleted(body: String) async throws {
    let port = FakePort(.with(["a"])) { request, _ in
      request.target.contains("/delete") ? .instead([.answer(200, body)]) : nil
    }
    let outcomes = try await delete(port, ["a", "b"])
    #expect(outcomes.map { $0.refusal == nil } == [false, true])
  }

  @Test func deletesNothingWithoutTheRight() async throws {
    let port = FakePort(.with(["a", "b"])) { _, _ in
      .instead([.answer(403, #"{"error":"forbidden","message":"you may not"}"#)])
    }
    let outcomes = try await delete(port, ["a", "b"])
    #expect(outcomes.map { $0.refusal?.message } == ["you may not", "you may not"])
    #expect(port.now.requests == 1)
  }
}
