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
  /// The findings alone, as SARIF 2.1.0, which code scanning reads.
  case sarif
  /// The findings alone, as GitHub's workflow commands, which annotate a pull request.
  case github

  /// How the findings are printed, where nothing else is.
  var findings: FindingFormat? {
    switch self {
    case .sarif: .sarif
    case .github: .github
    case .table, .json, .ndjson, .yaml: nil
    }
  }

  /// The result's bytes; `summary` is what was found.
  func render(_ results: [NamedResult], _ summary: FindingSummary, style: Style) -> [UInt8] {
    switch self {
    case .table: Array(TableReport(style: style).render(results).utf8)
    case .json: Self.document(results, summary)
    case .ndjson: Self.lines(results)
    case .yaml: YAMLWriter.yaml(Self.document(results, summary))
    case .sarif: FindingFormat.sarif.render(summary)
    case .github: FindingFormat.github.render(summary)
    }
  }

  private static func document(_ results: [NamedResult], _ summary: FindingSummary) -> [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add(
        "resources",
        array: results.flatMap { named in
          named.result.resources.map { $0.json(integration: results.count > 1 ? named.name : nil) }
        })
      FindingJSONReport.add(summary, to: &document)
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
