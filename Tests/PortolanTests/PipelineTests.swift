import Synchronization
import TestSupport
import Testing

@testable import Portolan

@Suite("One road for objects")
struct PipelineTests {
  /// Gives pages, and counts what it is asked for.
  private final class CountingFetcher: RawFetcher {
    let requests = Mutex<[FetchRequest]>([])
    private let pages: [RawPage]

    init(_ pages: [RawPage]) {
      self.pages = pages
    }

    func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
      requests.withLock { $0.append(request) }
      return AsyncStream { continuation in
        for page in pages { continuation.yield(page) }
        continuation.finish()
      }
    }
  }

  private static func entry(_ kind: String, selector: String = "", blueprint: String) -> String {
    "- {kind: \(kind), selector: {\(selector)}, "
      + "port: {entity: {mappings: {identifier: .id, blueprint: '\"\(blueprint)\"'}}}}\n"
  }

  /// Counts on an actor, as a program with a state of its own does.
  private actor Counter {
    var objects = 0

    func sync(_ mapping: CompiledMapping, _ fetcher: CountingFetcher, threads: Int) async throws -> Int {
      var sink = CollectingSink()
      _ = try await MappingPipeline(mapping, threads: threads).run(fetcher, into: &sink) { progress in
        objects = progress.objects
      }
      return sink.entities.count
    }
  }

  @Test("an actor runs a pipeline, and its progress is told on it", arguments: [1, 3])
  func onAnActor(threads: Int) async throws {
    let fetcher = CountingFetcher((0..<3).map { RawPage(Array(#"[{"id":"\#($0)"}]"#.utf8)) })
    let mapping = CompiledMapping(try config("resources:\n" + Self.entry("a", blueprint: "1")))
    let counter = Counter()
    #expect(try await counter.sync(mapping, fetcher, threads: threads) == 3)
    #expect(await counter.objects == 3)
  }

  @Test("a kind that is in several resources with the same selector settings is fetched once")
  func fetchedOnce() async throws {
    let yaml = [
      Self.entry("a", selector: "query: .x, jql: p", blueprint: "1"), Self.entry("b", blueprint: "2"),
      Self.entry("a", selector: "jql: p, query: '.x | not'", blueprint: "3"),
      Self.entry("a", selector: "jql: q", blueprint: "4"),
    ]
    let fetcher = CountingFetcher([RawPage(Array(#"[{"id":"i","x":true},{"id":"j","x":false}]"#.utf8))])
    let found = try await run(CompiledMapping(config("resources:\n" + yaml.joined())), fetcher)
    #expect(
      fetcher.requests.withLock { $0.map { "\($0.kind) \($0.selector)" } } == [
        #"a {"jql":"p"}"#, "b {}", #"a {"jql":"q"}"#,
      ])
    #expect(found.reports.map(\.index) == [0, 1, 2, 3])
    #expect(found.reports.map(\.mapped) == [1, 2, 1, 2])
    #expect(
      Set(found.entities.map { "\($0.blueprint) \($0.identifier)" }) == [
        "1 i", "2 i", "2 j", "3 j", "4 i", "4 j",
      ])
  }

  @Test("of each entity is known what made it, without a second look")
  func known() async throws {
    let yaml = """
      resources:
        - kind: thing
          port:
            entity:
              mappings:
                - {identifier: .id, blueprint: '"one"', title: .t, properties: {url: .u}}
                - {identifier: {combinator: '"and"', rules: []}, blueprint: .b}
      """
    let text = "[{\"id\":\"a\\n\",\"b\":\"x\",\"t\":\"T\",\"u\":[1]},\n {\"id\":8080,\"b\":\"y\"}]"
    let page = RawPage(Array(text.utf8), location: SourceLocation(startOf: "f.json"))
    let batch = CompiledMapping(try config(yaml)).map(page, kind: "thing")
    let entities = Array(batch)
    #expect(entities.map(\.blueprint) == ["one", "x", "one", "y"])
    #expect(entities.map(\.mapping) == [0, 1, 0, 1])
    #expect(
      entities.map { $0.origin?.description } == ["f.json:1:2", "f.json:1:2", "f.json:2:2", "f.json:2:2"])
    let query = EntityIdentifier.query(#"{"combinator":"and","rules":[]}"#)
    #expect(entities.map(\.identifier) == [.known("a\n"), query, .known("8080"), query])
    #expect(entities.first?.title == "T")
    #expect(entities.first?["properties", "url"]?.json == "[1]")
    #expect(entities.first?["properties", "none"] == nil)
    #expect(batch.lines.split(separator: UInt8(ascii: "\n")).map(Array.init) == entities.map(\.json))
  }

  @Test(
    "the objects of a response are the list at a path",
    arguments: [
      (#"{"total":2,"issues":[{"id":"a"},{"id":"b"}],"next":null}"#, ["a", "b"], 0),
      (#" {"issues":[],"x":{"issues":[{"id":"z"}]}} "#, [], 0), (#"{"issues":[{"id":"a"}]}"#, ["a"], 0),
      (#"{"issues":[{"id":"a"},{"id":?},{"id":"c"}],"total":3}"#, ["a", "c"], 1),
      (#"{"issues":[{"id":"a"}],"total":}"#, ["a"], 1), (#"{"issues":{"id":"a"}}"#, [], 1),
      (#"{"values":[{"id":"a"}]}"#, [], 1), ("<html>", [], 1), ("", [], 1), (#"[{"id":"a"}]"#, [], 1),
      (#"{"issues":[{"id":"a"}],"issues":[{"id":"b"}]}"#, ["a"], 1), (#"{"issues":[{"id":"a"}"#, ["a"], 1),
      (#"{"issues":[{"id":"a"}]} x"#, ["a"], 1), (#"{"\u0069ssues":[{"id":"a"}]}"#, ["a"], 0),
    ])
  func listAtPath(_ body: String, _ identifiers: [String], _ failed: Int) throws {
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let page = RawPage(Array(body.utf8), objectsAt: .list(at: JSONPath([.key("issues")])))
    let batch = mapping.map(page, kind: "thing")
    #expect(batch.map(\.identifier.known) == identifiers)
    #expect(mapping.report(on: batch).map(\.failed) == [failed])
  }

  @Test("a list deeper in a response")
  func nestedList() throws {
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let body = #"{"a":[0,{"c":1,"b":[{"id":"x"}],"d":[2]},{"b":[]}],"e":{}}"#
    let path = JSONPath([.key("a"), .index(1), .key("b")])
    let batch = mapping.map(RawPage(Array(body.utf8), objectsAt: .list(at: path)), kind: "thing")
    #expect(batch.map(\.identifier.known) == ["x"])
    #expect(mapping.report(on: batch).map(\.failed) == [0])
  }

  @Test("wherever a stream is cut, also inside of objects that look like elements, its entities are the same")
  func cuts() async throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed: seed)
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    for _ in 0..<3 {
      // Mostly nested objects that begin as the elements do: guesses are mostly wrong.
      let nested = Int.random(in: 0...40, using: &random)
      let objects = (0..<2000).map { number in
        let children = (0..<nested).map {
          #"{"id":"c\#($0)","text":"\#(String(repeating: "x", count: 30))"}"#
        }
        return #"{"id":"o\#(number)","children":[\#(children.joined(separator: ","))]}"#
      }
      let text = Array(("[" + objects.joined(separator: random.chance(2) ? "," : ",\n ") + "]").utf8)
      for threads in [1, 2] {
        let rest = Mutex(text[...])
        let stream = RawStream(name: "stream") {
          rest.withLock { rest in
            defer { rest = rest.dropFirst(100_000) }
            return Array(rest.prefix(100_000))
          }
        }
        var sink = CollectingSink()
        let reports = try await MappingPipeline(mapping, threads: threads).run(
          stream, kind: "thing", into: &sink)
        #expect(sink.entities.map(\.identifier.known) == (0..<2000).map { "o\($0)" }, "seed \(seed)")
        #expect(reports.map(\.raw) == [2000], "seed \(seed)")
        #expect(reports.map(\.failed) == [0], "seed \(seed)")
      }
    }
  }

  @Test(
    "an object that holds thousands of others is mapped in time, however the stream comes",
    .timeLimit(.minutes(1)))
  func manyNested() async throws {
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let nested = (0..<9_000).map { #"{"id":"c\#($0)","text":"},{\"id\":1"}"# }.joined(separator: ",")
    let long = String(repeating: "z", count: 700_000)
    let objects = (0..<60).map { number in
      let list = number % 20 == 10 ? nested : #"{"id":"c"},{"id":"d"}"#
      return #"{"id":"o\#(number)","n":[\#(list)],"long":"\#(number % 15 == 5 ? long : "")"}"#
    }
    let text = Array(("[" + objects.joined(separator: ",\n") + "]").utf8)
    for chunk in [5_000, 65_536, 1 << 20] {
      for threads in [1, 2] {
        let rest = Mutex(text[...])
        let stream = RawStream(name: "stream") {
          rest.withLock { rest in
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
          }
        }
        var sink = CollectingSink()
        let reports = try await MappingPipeline(mapping, threads: threads).run(
          stream, kind: "thing", into: &sink)
        #expect(sink.entities.map(\.identifier.known) == (0..<60).map { "o\($0)" })
        #expect(reports.map(\.failed) == [0])
      }
    }
  }

  @Test(
    "a sink that fails ends the run with its error; one that is slow slows the source down",
    arguments: [1, 3])
  func sinks(_ threads: Int) async throws {
    struct Full: Error {}
    struct FailingSink: EntitySink {
      var batches = 0

      mutating func receive(_ batch: EntityBatch) async throws {
        batches += 1
        try await Task.sleep(for: .milliseconds(5))
        if batches == 3 { throw Full() }
      }
    }
    let produced = Mutex(0)
    let stream = AsyncStream<RawPage>(unfolding: {
      produced.withLock { $0 += 1 }
      return RawPage(Array(#"{"id":"a"}"#.utf8))
    })
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    var sink = FailingSink()
    await #expect(throws: Full.self) {
      _ = try await MappingPipeline(mapping, threads: threads).run(stream, kind: "thing", into: &sink)
    }
    #expect(produced.withLock { $0 } <= 3 + threads * 4 + 2)
  }

  @Test("a task that is cancelled ends, whatever the source still has", arguments: [1, 2])
  func cancelled(_ threads: Int) async throws {
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let endless = AsyncStream<RawPage>(unfolding: { RawPage(Array(#"{"id":"a"}"#.utf8)) })
    let task = Task {
      var sink = CollectingSink()
      return try await MappingPipeline(mapping, threads: threads).run(endless, kind: "thing", into: &sink)
    }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("a source that fails because the task was cancelled is not said to have failed", arguments: [1, 2])
  func cancelledSource(_ threads: Int) async throws {
    struct SleepingFetcher: RawFetcher {
      func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
        AsyncThrowingStream(unfolding: {
          try await Task.sleep(for: .seconds(60))
          return RawPage([])
        })
      }
    }
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let task = Task { try await run(mapping, SleepingFetcher(), threads: threads) }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("a source that names several problems has each of them in the report, and is not complete")
  func severalProblems() async throws {
    struct BrokenFetcher: RawFetcher {
      func fetch(_ request: FetchRequest) -> PageStream {
        PageStream { pages in
          try await pages.send(RawPage(Array(#"{"id": "a"}"#.utf8)))
          throw DiagnosticsError(["one", "two"].map { Diagnostic(.error, .unreadableFile, $0) })
        }
      }
    }
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let run = try await run(mapping, BrokenFetcher())
    #expect(run.entities.count == 1)
    #expect(run.reports.map(\.isComplete) == [false])
    #expect(run.reports.flatMap(\.diagnostics).map(\.message) == ["one", "two"])
  }

  @Test("a batch's report is of the resources that it was mapped by")
  func reportOfGroup() async throws {
    struct ReportingSink: EntitySink {
      let mapping: CompiledMapping
      var reports: [ResourceReport] = []

      mutating func receive(_ batch: EntityBatch) {
        reports += mapping.report(on: batch)
      }
    }
    let yaml = [
      Self.entry("a", selector: "jql: p", blueprint: "1"),
      """
      - {kind: a, selector: {jql: q}, port: {entity: {mappings:
          {identifier: .id, blueprint: '"2"', properties: {x: .x, y: .y, z: .z}}}}}

      """,
    ]
    let mapping = CompiledMapping(try config("resources:\n" + yaml.joined()))
    var sink = ReportingSink(mapping: mapping)
    let fetcher = CountingFetcher([RawPage(Array(#"{"id":"i"}"#.utf8))])
    _ = try await MappingPipeline(mapping).run(fetcher, into: &sink)
    #expect(sink.reports.map(\.index) == [0, 1])
    #expect(
      sink.reports.map { $0.fields.map(\.field) } == [[], ["properties.x", "properties.y", "properties.z"]])
    #expect(mapping.map(RawPage(Array("{}".utf8)), kind: "nothing").kind == "nothing")
    await #expect(throws: Diagnostic.self) {
      _ = try await MappingPipeline(mapping).run(
        fetcher.fetch(FetchRequest(kind: "b")), kind: "b", into: &sink)
    }
  }

  @Test(
    "what is no white space before the first object is not passed over",
    arguments: ["\u{0}", "\u{1F}\n", "x"])
  func noWhiteSpace(_ start: String) async throws {
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let rest = Mutex([Array("\(start){\"id\":\"a\"}\n{\"id\":\"b\"}".utf8)])
    var sink = CollectingSink()
    let reports = try await MappingPipeline(mapping).run(
      RawStream(name: "stream") { rest.withLock { $0.popLast() ?? [] } }, kind: "thing", into: &sink)
    #expect(reports.map(\.failed) == [1])
  }

  @Test("a compiled mapping is used by many threads and runs at the same time")
  func shared() async throws {
    let mapping = CompiledMapping(
      try config(resource("identifier: .id\nblueprint: '\"b\"'\nproperties: {n: '.n * 2'}")))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<50 {
            let page = RawPage(Array(#"{"id":"\#(task)-\#(number)","n":\#(number)}"#.utf8))
            let batch = mapping.map(page, kind: "thing")
            #expect(batch.map { $0["properties", "n"]?.json } == ["\(number * 2)"])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(mapping.map(RawPage([]), kind: "nothing").isEmpty)
  }
}
