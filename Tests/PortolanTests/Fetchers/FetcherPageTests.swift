import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("docs/FETCHER.md")
struct FetcherPageTests {
  private static func page() throws -> String {
    try String(contentsOf: repository.appending(path: "docs/FETCHER.md"), encoding: .utf8)
  }

  /// The page's blocks of YAML that are a fetcher.yml.
  static let examples: [String] = ((try? page()) ?? "").components(separatedBy: "\n```yaml fetcher\n")
    .dropFirst()
    .compactMap { $0.components(separatedBy: "\n```").first }

  @Test("there is an example for each way to sign, page and nest")
  func whole() throws {
    #expect(Self.examples.count >= 9)
    let text = Self.examples.joined()
    let keys =
      FetcherDefinition.Authentication.Method.keys.filter { $0 != "query" }
      + FetcherDefinition.Paging.Style.keys + ["parent", "join", "otherKinds"]
    for key in keys { #expect(text.contains("\(key): ") || text.contains("\(key):\n"), "\(key)") }
  }

  @Test("nothing is wrong with an example", arguments: examples)
  func example(yaml: String) throws {
    #expect(fetcherProblems(yaml).isEmpty, "\(fetcherProblems(yaml))")
    #expect(try fetcher(yaml).brokenKinds.isEmpty)
  }

  @Test("the first example agrees with the spec.yml below it")
  func spec() throws {
    let parts = try Self.page().components(separatedBy: "\n```yaml spec\n")
    let yaml = try #require(parts.last?.components(separatedBy: "\n```").first)
    let folder = try TemporaryFolder()
    let spec = try IntegrationSpec.load(contentsOf: folder.write("spec.yml", yaml))
    let found = Linter().lintFetcher(Array(Self.examples[0].utf8), file: "fetcher.yml", spec: spec)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("every key of the grammar is on the page, as the grammar has it, and no other")
  func keys() throws {
    let section = try #require(try Self.page().components(separatedBy: "\n## Every key\n\n").last)
    #expect(section == Self.reference)
  }

  /// What the page says of every key.
  private static var reference: String {
    let grammar = Grammar.fetcher
    return grammar.parts.map { part in
      let rows = grammar.rows(of: part).map { row in
        let required = row.presence == .optional ? "" : " **Required.**"
        return "| `\(row.key)` | \(row.value.words) | \(row.description)\(required) |"
      }
      return
        (["### \(part.heading)", "", part.description, "", "| key | value | meaning |", "|---|---|---|"]
        + rows)
        .joined(separator: "\n")
    }.joined(separator: "\n\n") + "\n"
  }
}

extension Grammar.Part {
  /// What the page calls it.
  fileprivate var heading: String {
    name == "fetcher" ? "The file" : phrase.capitalizedFirst
  }
}

extension Grammar.Value {
  /// What the page says that it can be.
  fileprivate var words: String {
    switch self {
    case .flag(let flag): "`true` or `false`; default \(flag)"
    case .number(let range, let number):
      "a number, \(range.lowerBound.short) to \(range.upperBound.short)"
        + (number.map { "; default \($0.short)" } ?? "")
    case .integer(let range, let number):
      "a whole number, \(range.lowerBound) to \(range.upperBound)" + (number.map { "; default \($0)" } ?? "")
    case .choice(let texts, let standard):
      texts.map { "`\($0)`" }.joined(separator: ", ") + (standard.map { "; default \($0)" } ?? "")
    case .name: "a name"
    case .text: "text"
    case .jq: "jq"
    case .template: "a template"
    case .templates: "any value, its texts templates"
    case .mapping: "a mapping"
    case .list: "a list of mappings"
    case .mappingOrList: "a mapping or a list of such"
    case .orMapping(let value, _): "\(value.words), or a mapping"
    case .members(let value): "names, each with: \(value.words)"
    case .names: "a list of names"
    case .anything: "any value"
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Double {
  fileprivate var short: String { Int(exactly: self).map(String.init) ?? description }
}
