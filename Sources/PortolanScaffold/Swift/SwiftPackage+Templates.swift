// What is between « and » is filled in by `SwiftPackage`.
extension SwiftPackage {
  static let package = """
    // swift-tools-version: 6.1
    import PackageDescription

    let package = Package(
      name: "«name»",
      platforms: [.macOS(.v15)],
      products: [.executable(name: "«name»", targets: ["«module»"])],
      dependencies: [
        «dependency»
      ],
      targets: [
        .executableTarget(name: "«module»", dependencies: [.product(name: "Portolan", package: "portolan")]),
        .testTarget(
          name: "«module»Tests", dependencies: ["«module»", .product(name: "Portolan", package: "portolan")]),
      ],
      swiftLanguageModes: [.v6]
    )

    """

  static let fetcher = """
    import Portolan

    /// Fetches «title»'s raw objects, page by page. It knows nothing of entities: the mapping makes those.
    struct «module»Fetcher: RawFetcher {
      /// How a kind is listed.
      struct List {
        /// The path below the base URL.
        var path: String
        /// The keys that lead to the list in an answer; none where the answer is the list.
        var objects: [JSONPathStep]
      }

      /// The kinds.
      static let lists: [String: List] = [
    «lists»
      ]

      /// How many objects are asked for at once.
      static let pageSize = 100

      /// Asks for a path below the base URL, and returns the answer's body.
      let load: @Sendable (_ path: String) async throws -> [UInt8]

      func fetch(_ request: FetchRequest) -> PageStream {
        PageStream { pages in
          guard let list = Self.lists[request.kind] else { throw UnknownKind(kind: request.kind) }
          var number = 1
          while true {
            // By page number and size: put in what the API wants.
            let body = try await load("\\(list.path)?page=\\(number)&per_page=\\(Self.pageSize)")
            let layout: RawPage.Layout = list.objects.isEmpty ? .text : .list(at: JSONPath(list.objects))
            try await pages.send(RawPage(body, objectsAt: layout))
            // A page that is not full is the last one.
            if try Self.count(body, list) < Self.pageSize { return }
            number += 1
          }
        }
      }

      /// How many objects an answer has.
      private static func count(_ body: [UInt8], _ list: List) throws -> Int {
        var value: JSONView? = try JSONView(validating: body)
        for case .key(let key) in list.objects { value = value?[key] }
        guard let count = value?.elements?.count else { throw UnexpectedAnswer(path: list.path) }
        return count
      }
    }

    /// A kind that the fetcher does not know.
    struct UnknownKind: Error, CustomStringConvertible {
      let kind: String
      var description: String { "the fetcher has no list for the kind `\\(kind)`" }
    }

    /// An answer without the list that was asked for.
    struct UnexpectedAnswer: Error, CustomStringConvertible {
      let path: String
      var description: String { "the answer of \\(path) has no list where it was looked for" }
    }

    """

  static let api = """
    import Foundation

    #if canImport(FoundationNetworking)
      import FoundationNetworking
    #endif

    /// «title»'s API: where it is, and what requests are signed with.
    struct «module»API: Sendable {
      let baseURL: String
      let token: String

      /// What the environment says; nil where it says nothing.
      init?(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let baseURL = environment["«prefix»_BASE_URL"], let token = environment["«prefix»_TOKEN"] else {
          return nil
        }
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.token = token
      }

      /// The body of the answer at `path`.
      @Sendable func load(_ path: String) async throws -> [UInt8] {
        guard let url = URL(string: baseURL + "/" + path) else { throw Refusal(path, "this makes no address") }
        var request = URLRequest(url: url, timeoutInterval: 30)
        request.setValue("Bearer " + token, forHTTPHeaderField: "Authorization")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        let (data, response) = try await answer(to: request, path)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else { throw Refusal(path, "status \\(status)") }
        return Array(data)
      }

      private func answer(to request: URLRequest, _ path: String) async throws -> (Data, URLResponse) {
        do {
          return try await URLSession.shared.data(for: request)
        } catch let error as URLError {
          throw Refusal(path, error.localizedDescription)
        }
      }

      /// A request that was not answered with what it asked for.
      struct Refusal: Error, CustomStringConvertible {
        let description: String

        init(_ path: String, _ reason: String) {
          description = "GET \\(path): \\(reason)"
        }
      }
    }

    """

  static let main = """
    import Foundation
    import Portolan

    // Expressions that may not end run in a process of their own, which is this program again.
    SandboxHost.serveIfAsked()

    /// Prints entities, one a line.
    struct Printer: EntitySink {
      func receive(_ batch: EntityBatch) {
        FileHandle.standardOutput.write(Data(batch.lines))
      }
    }

    func say(_ text: String) {
      FileHandle.standardError.write(Data((text + "\\n").utf8))
    }

    do {
      let config = try PortAppConfig(contentsOf: ".port/«name»/resources/port-app-config.yml")
      let pipeline = MappingPipeline(CompiledMapping(config), threads: 2)
      var printer = Printer()
      let reports: [ResourceReport]
      if let api = «module»API() {
        reports = try await pipeline.run(«module»Fetcher(load: api.load), into: &printer)
      } else {
        say("«prefix»_BASE_URL and «prefix»_TOKEN are not set: these are the fixtures")
        reports = try await pipeline.run(FixtureFetcher(FixtureFolder("Fixtures/«name»")), into: &printer)
      }
      for report in reports {
        say("\\(report.kind): \\(report.mapped) of \\(report.items) mapped\\(report.isComplete ? "" : ", NOT COMPLETE")")
        for diagnostic in report.diagnostics { say(diagnostic.text()) }
      }
      exit(reports.allSatisfy { $0.isComplete && $0.failed == 0 } ? 0 : 1)
    } catch {
      say("error: \\(error)")
      exit(1)
    }

    """

  static let tests = """
    import Foundation
    import Portolan
    import Testing

    @testable import «module»

    @Suite("«title»")
    struct «module»FetcherTests {
      /// The package's folder.
      private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path(percentEncoded: false)

      /// A page of `count` objects, laid out as the API lays out those of `kind`.
      private func page(_ kind: String, count: Int) throws -> [UInt8] {
        let objects = (0..<count).map { #"{"id": "\\#($0)"}"# }.joined(separator: ",")
        var text = "[\\(objects)]"
        for case .key(let key) in try #require(«module»Fetcher.lists[kind]).objects.reversed() {
          text = "{\\"\\(key)\\": \\(text)}"
        }
        return Array(text.utf8)
      }

      @Test("pages are asked for until one is not full")
      func pages() async throws {
        let full = try page(«firstKind», count: «module»Fetcher.pageSize)
        let last = try page(«firstKind», count: 3)
        let fetcher = «module»Fetcher { path in path.contains("?page=1&") ? full : last }
        var count = 0
        for try await _ in fetcher.fetch(FetchRequest(kind: «firstKind»)) { count += 1 }
        #expect(count == 2)
      }

      @Test("a kind that is not known, and an answer without a list, end with an error")
      func errors() async throws {
        let fetcher = «module»Fetcher { _ in Array(#"{"message": "no"}"#.utf8) }
        for kind in ["no such kind", «firstKind»] {
          await #expect(throws: (any Error).self) {
            for try await _ in fetcher.fetch(FetchRequest(kind: kind)) {}
          }
        }
      }

      @Test("the fixtures become entities, without a warning")
      func mapping() async throws {
        let folder = root + "/.port/«name»/resources"
        let config = try PortAppConfig(contentsOf: folder + "/port-app-config.yml")
        let blueprints = try Blueprints.load(contentsOf: folder + "/blueprints.json")
        let fixtures = FixtureFolder(root + "/Fixtures/«name»")
        let result = await DryRun(config, fixtures: fixtures, blueprints: blueprints).run()
        #expect(result.diagnostics.map { $0.text() } == [])
        #expect(result.resources.count { !$0.entities.isEmpty } == «count»)
      }
    }

    """

  static let dockerfile = """
    FROM swift:6.1 AS build
    RUN apt-get update && apt-get install -y --no-install-recommends libjq-dev libyaml-dev zlib1g-dev && rm -rf /var/lib/apt/lists/*
    «copy»WORKDIR /build
    COPY . .
    RUN swift build -c release --static-swift-stdlib && cp "$(swift build -c release --show-bin-path)/«name»" /«name»

    FROM ubuntu:24.04
    RUN apt-get update \\
      && apt-get install -y --no-install-recommends libjq1 libyaml-0-2 libcurl4t64 libxml2 ca-certificates \\
      && rm -rf /var/lib/apt/lists/*
    COPY --from=build /«name» /usr/local/bin/«name»
    WORKDIR /app
    COPY .port .port
    COPY Fixtures Fixtures
    USER nobody
    CMD ["«name»"]

    """

  static let readme = """
    # «title»

    A program that fetches «title»'s objects and maps them to entities, with the library Portolan.

    | file | holds |
    |---|---|
    | `Sources/«module»/«module»Fetcher.swift` | which lists there are, and how one goes on: put in what the API wants |
    | `Sources/«module»/«module»API.swift` | where the API is, and what a request is signed with |
    | `Sources/«module»/main.swift` | runs the mapping, and prints an entity a line |
    | `.port/«name»/resources/port-app-config.yml` | the mapping: which entity comes of which object |
    | `.port/«name»/resources/blueprints.json` | what an entity may have |
    | `Fixtures/«name»/` | raw objects, to try the mapping on |

    ## Try it

    libjq, libyaml and zlib must be there: `apt-get install libjq-dev libyaml-dev zlib1g-dev`, or `brew install jq libyaml`.

    ```sh
    swift run «name»             # the entities that the fixtures make
    swift test
    portolan dry-run «name»      # the same as a table, with warnings
    ```

    With `«prefix»_BASE_URL` and `«prefix»_TOKEN` set, `swift run «name»` asks the API.

    ## As an image

    ```sh
    «build»
    docker run --rm -e «prefix»_BASE_URL -e «prefix»_TOKEN «name»
    ```

    Entities go to standard output. To send them elsewhere, put your own `EntitySink` in the place of `Printer`.

    """
}
