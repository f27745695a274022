import ArgumentParser
import Portolan
import RawJSON

/// How explanations are printed.
enum ExplanationFormat: String, ExpressibleByArgument, CaseIterable {
  /// For a person.
  case text
  /// One document.
  case json

  /// The bytes of explanations of how kinds are fetched.
  func render(_ explained: [FetchExplanation], style: Style) -> [UInt8] {
    switch self {
    case .text:
      return Array(explained.map(FetchReport(style: style).render).joined(separator: "\n").utf8)
    case .json:
      return JSONWriter.object(.spaced) { document in
        document.add("kinds", array: explained.map(\.json))
      } + [UInt8(ascii: "\n")]
    }
  }

  /// The explanations' bytes; `field` is the one that was asked for.
  func render(_ explained: [NamedExplanation], style: Style, field: String?) -> [UInt8] {
    switch self {
    case .text:
      let report = ExplanationReport(style: style, field: field)
      return Array(explained.map(report.render).joined(separator: "\n").utf8)
    case .json:
      return JSONWriter.object(.spaced) { document in
        document.add("explanations", array: explained.map { $0.item.json(integration: $0.integration) })
      } + [UInt8(ascii: "\n")]
    }
  }
}
