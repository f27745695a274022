import Foundation
import Portolan
import RawJSON
import Testing

@testable import PortolanService

@Suite("What operators read")
struct OperatingPageTests {
  private static let repository = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }

  /// What a histogram's numbers are called in expressions, too.
  private static let metrics: Set<String> = ServiceMetrics.all.reduce(into: []) { names, metric in
    names.insert(metric.name)
    guard metric.kind == .histogram else { return }
    for part in ["bucket", "sum", "count"] { names.insert("\(metric.name)_\(part)") }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  /// The rows of a page's tables, each a list of its columns.
  private static func rows(_ page: String) -> [[String]] {
    page.split(separator: "\n").filter { $0.hasPrefix("| ") }
      .map {
        $0.split(separator: "|", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: .whitespaces)
        }
      }
  }

  @Test("every setting has its row, with its variable and its default")
  func settings() throws {
    let rows = Self.rows(try Self.text("docs/operating.md"))
    let settings = ServiceConfiguration.load(in: "/nonexistent", environment: [:]).rows
    #expect(settings.count > 15)
    for (setting, _, variable) in settings {
      let row = try #require(
        rows.first { $0.contains("`\(setting.name)`") && $0.contains("`\(variable)`") },
        "docs/operating.md has no row of \(setting.name), \(variable)")
      guard let json = setting.json else { continue }
      let value = JSONView(valid: Array(json.utf8)).text ?? json
      #expect(row.contains(value) || row.contains("`\(value)`"), "\(setting.name): \(row)")
    }
  }

  @Test("no variable of a service is in it that is none")
  func variables() throws {
    let known = Set(ServiceConfiguration.load(in: "/nonexistent", environment: [:]).rows.map(\.variable))
    let elsewhere = ["OCEAN__PORT__", "OCEAN__INTEGRATION__"]
    for match in try Self.text("docs/operating.md").matches(of: /OCEAN__[A-Z_]*[A-Z]/) {
      let name = String(match.0)
      if elsewhere.contains(where: { (name + "__").hasPrefix($0) }) { continue }
      #expect(known.contains(name) || name == "OCEAN__EVENT_LISTENER", "docs/operating.md names \(name)")
    }
  }

  @Test("every metric has its row, with its type and its labels", arguments: ServiceMetrics.all.map(\.name))
  func metrics(name: String) throws {
    let metric = try #require(ServiceMetrics.all.first { $0.name == name })
    let row = try #require(
      Self.rows(try Self.text("docs/operating.md")).first { $0.dropFirst().first == "`\(name)`" },
      "docs/operating.md has no row of \(name)")
    #expect(row[2] == metric.kind.rawValue)
    #expect(row[3] == metric.labels.map { "`\($0)`" }.joined(separator: ", "))
  }

  @Test("no metric is named that there is not", arguments: ["docs/operating.md", "deploy/README.md"])
  func named(page: String) throws {
    for match in try Self.text(page).matches(of: /\b(?:portolan|process)_[a-z_]+\b/) {
      #expect(Self.metrics.contains(String(match.0)), "\(page) names \(match.0)")
    }
  }

  @Test("the dashboard is JSON that can be imported, and asks for every metric and no other")
  func dashboard() throws {
    let data = Data(try Self.text("deploy/grafana/portolan.json").utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let inputs = document["__inputs"] as? [[String: Any]]
    #expect(inputs?.first?["pluginId"] as? String == "prometheus")
    let input = try #require(inputs?.first?["name"] as? String)
    let panels = try #require(document["panels"] as? [[String: Any]])
    #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
    var asked: Set<String> = []
    for panel in panels where panel["type"] as? String != "row" {
      #expect((panel["datasource"] as? [String: String])?["uid"] == "${\(input)}")
      for target in panel["targets"] as? [[String: Any]] ?? [] {
        let expression = try #require(target["expr"] as? String)
        for match in expression.matches(of: /([a-z_]+)\{/) { asked.insert(String(match.1)) }
      }
    }
    #expect(asked.subtracting(Self.metrics).isEmpty)
    let names = Set(asked.map { $0.replacing(/_bucket$/, with: "") })
    #expect(Set(ServiceMetrics.all.map(\.name)).subtracting(names).isEmpty)
  }
}
