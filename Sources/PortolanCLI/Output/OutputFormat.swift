import ArgumentParser
import Portolan
import RawJSON

/// How a dry run's result is printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case table
  /// One document.
  case json
  /// One entity a line.
  case ndjson
  /// The document as YAML.
  case yaml

  /// The result's bytes.
  func render(_ results: [NamedResult], style: Style) -> [UInt8] {
    switch self {
    case .table: Array(TableReport(style: style).render(results).utf8)
    case .json: Self.document(results)
    case .ndjson: Self.lines(results)
    case .yaml: YAMLWriter.yaml(Self.document(results))
    }
  }

  private static func document(_ results: [NamedResult]) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add(
        "resources",
        array: results.flatMap { named in
          named.result.resources.map { $0.json(integration: results.count > 1 ? named.name : nil) }
        })
    } + [UInt8(ascii: "\n")]
  }

  private static func lines(_ results: [NamedResult]) -> [UInt8] {
    var bytes: [UInt8] = []
    for named in results {
      for entity in named.result.resources.flatMap(\.entities) {
        bytes += entity.json
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    return bytes
  }
}
