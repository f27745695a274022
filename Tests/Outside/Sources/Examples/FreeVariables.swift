import Portolan

// What the documentation's examples speak of without saying what it is. They are compiled and never run.

var config: PortAppConfig { example() }
var mapping: CompiledMapping { example() }
var page: RawPage { example() }
var entity: Entity { example() }
var before: [Entity] { example() }
var after: [Entity] { example() }
var body: [UInt8] { example() }

func nextBytes() async throws -> [UInt8] { example() }
func bytesThatAreThere() async throws -> [UInt8]? { example() }
func write(_ bytes: [UInt8]) async throws {}

/// One page of the issues of a tracker, and the cursor that leads to the next one.
struct IssuesPage {
  var body: [UInt8]
  var nextCursor: String?
}

/// An HTTP client that signs its requests.
struct IssueClient: Sendable {
  func issues(jql: String?, after cursor: String?) async throws -> IssuesPage { example() }
}

struct IssueFetcher: RawFetcher {
  func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> { example() }
}

private func example<Value>() -> Value {
  fatalError("an example is compiled, not run")
}
