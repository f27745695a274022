import PortolanCatalog
import Testing

/// A run of the tests' integration.
let testRun = CatalogRun(
  id: "run-1", owner: FakePort.owner, config: "resources: []\n", configPath: "port-app-config.yml",
  startedAt: TestClock.start)

/// Entities that can be written.
func writes(_ identifiers: [String], text: String = "x") -> [EntityWrite] {
  identifiers.map { EntityWrite(json: Array(entity($0, text: text).utf8)) }
}

func entity(_ identifier: String, text: String = "x") -> String {
  #"{"identifier":"\#(identifier)","blueprint":"service","title":"T","properties":{"text":"\#(text)"},"#
    + #""relations":{}}"#
}

extension FakePort.State {
  /// A Port with a blueprint, and entities that the tests' integration owns.
  static func with(_ identifiers: [String], blueprint: String = "service") -> FakePort.State {
    var state = FakePort.State()
    state.blueprints[blueprint] = Array(#"{"identifier":"\#(blueprint)","relations":{}}"#.utf8)
    for identifier in identifiers {
      let key = EntityKey(blueprint, identifier)
      state.entities[key] = Array(entity(identifier).utf8)
      state.datasources[key] = "port-ocean/jira/0.9/my-jira/exporter"
    }
    return state
  }
}

extension Catalog {
  /// Everything that is owned, in the order of the keys.
  func owned() async throws -> [CatalogEntity] {
    var all: [CatalogEntity] = []
    for try await some in ownedEntities(of: FakePort.owner) { all += some }
    return all.sorted { $0.key.description < $1.key.description }
  }
}

/// The error that something ends with; nil, and a failed test, where it ends with none or with another.
func catalogError(
  _ body: () async throws -> some Any, location: SourceLocation = #_sourceLocation
) async -> CatalogError? {
  do {
    _ = try await body()
    Issue.record("there was no error", sourceLocation: location)
  } catch let error as CatalogError {
    #expect(!"\(error)".contains("portolan-secret"), sourceLocation: location)
    #expect(!"\(error)".contains("token-"), sourceLocation: location)
    return error
  } catch {
    Issue.record("not a CatalogError: \(error)", sourceLocation: location)
  }
  return nil
}

extension WriteOutcome {
  /// Why it was refused, nil where it was not.
  var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}
