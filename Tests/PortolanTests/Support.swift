import Foundation
import JQ
import RawJSON
import Testing

@testable import Portolan

/// Supplies the objects that a test wrote down.
struct ListFetcher: RawFetcher {
  var objects: [String]

  func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
    AsyncStream { continuation in
      for object in objects { continuation.yield(RawPage(Array(object.utf8), objectsAt: .object)) }
      continuation.finish()
    }
  }
}

/// What a run gave.
struct Run {
  var entities: [Entity]
  var reports: [ResourceReport]

  /// The entities' JSON.
  var lines: [String] { entities.map(\.description) }

  /// The first resource's report.
  var report: ResourceReport {
    get throws { try #require(reports.first) }
  }

  /// The JSON of the first entity's property `name`.
  func property(_ name: String) throws -> String {
    let entity = try #require(entities.first)
    return try #require(entity["properties", name]).json
  }
}

/// Maps `objects` by the config in `yaml`.
func run(_ yaml: String, _ objects: [String], environment: [String: String] = [:]) async throws -> Run {
  let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml")
  let mapping = CompiledMapping(config, environment: JQEnvironment(variables: environment))
  return try await run(mapping, ListFetcher(objects: objects))
}

/// Maps everything that `fetcher` gives.
func run(
  _ mapping: CompiledMapping, _ fetcher: some RawFetcher, kinds: Set<String>? = nil, threads: Int = 1
) async throws -> Run {
  var sink = CollectingSink()
  let reports = try await MappingPipeline(mapping, threads: threads).run(fetcher, kinds: kinds, into: &sink)
  return Run(entities: sink.entities, reports: reports)
}

/// A config with one resource: `mapping` are the lines of its one mapping, `port` and `selector` more lines
/// of those.
func resource(_ mapping: String, port: String = "", selector: String = "") -> String {
  func block(_ text: String, _ indent: Int) -> String {
    text.split(separator: "\n").map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
  }
  return """
    resources:
      - kind: thing
    \(selector.isEmpty ? "" : "    selector:\n" + block(selector, 6))    port:
    \(block(port, 6))      entity:
            mappings:
    \(block(mapping, 10))
    """
}

/// A config that gives each object the one property `p`, by `expression` as a YAML scalar.
func property(_ expression: String) -> String {
  resource("identifier: '\"x\"'\nblueprint: '\"b\"'\nproperties:\n  p: \(expression)")
}

/// The config in `yaml` that must be readable.
func config(_ yaml: String) throws -> PortAppConfig {
  try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml")
}

/// What is wrong with the config in `yaml`.
func diagnostics(_ yaml: String) -> [Diagnostic] {
  do throws(DiagnosticsError) {
    return try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml").diagnostics
  } catch {
    return error.diagnostics
  }
}

/// The root of the checkout.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()
