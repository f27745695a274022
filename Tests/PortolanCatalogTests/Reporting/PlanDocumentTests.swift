import Foundation
import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("A plan as JSON and as Markdown")
struct PlanDocumentTests {
  @Test("the JSON is one document with counts, reasons and causes")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ExamplePlans.full().json)) as? [String: Any]
    #expect(object?["formatVersion"] as? Int == 1)
    #expect(object?["complete"] as? Bool == false)
    #expect(object?["held"] as? Bool == true)
    #expect((object?["counts"] as? [String: Int])?["create"] == 12)
    let removals = object?["removals"] as? [[String: Any]]
    #expect(removals?.map { $0["hold"] as? String } == ["empty", "incomplete", nil])
    let changes = object?["changes"] as? [[String: Any]]
    let location = (changes?[1]["cause"] as? [String: Any])?["location"] as? [String: Any]
    #expect(location?["line"] as? Int == 45)
    #expect(object?["operations"] == nil)
  }

  @Test("any plan is a valid document, with its entities, too; no secret is in any report")
  func random() throws {
    let folder = try TemporaryFolder()
    for seed in 0..<40 as Range<UInt64> {
      let summary = try ExamplePlans.random(seed: seed)
      let reports = [
        String(decoding: summary.json, as: UTF8.self), summary.markdown(), summary.text(width: 400),
      ]
      _ = try JSONSerialization.jsonObject(with: Data(summary.json))
      for report in reports { #expect(!report.contains("s3cr3t"), "seed \(seed)") }
    }
    let file = try PlanFile(creating: folder.path + "/plan")
    var change = PlannedOperation(.change, EntityKey("a", "b"))
    change.changes = [
      FieldChange(
        "properties.apiToken", before: "\"s3cr3t-1\"", after: "\"s3cr3t-2\"", cause: PlanCause(.source))
    ]
    let entity =
      #"{"properties":{"password":"s3cr3t-3","list":[{"secret":"s3cr3t-4"}],"n":12345678901234567890}}"#
    try file.put([
      change, PlannedOperation(.create, EntityKey("a", "c"), after: Array(entity.utf8)),
    ])
    var bytes: [UInt8] = []
    try PlanJSON(summary: ExamplePlans.full()).write(file) { bytes += $0 }
    let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    #expect(
      (object?["operations"] as? [[String: Any]])?.map { $0["action"] as? String } == ["change", "create"])
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("s3cr3t") && text.contains("12345678901234567890"))
  }

  @Test("Markdown has a table, lists of what is deleted and held, and details of what changes")
  func markdown() throws {
    let text = try ExamplePlans.full().markdown()
    #expect(text.hasPrefix("### Plan `7f3a91c0`: `jira` → `./catalog.db`\n\n**12 to create,"))
    #expect(text.contains("| `jiraIssue` | 1,204 | 12 | 31 | · | 3 | · | 1,170 | `issue` |\n"))
    #expect(
      text.contains(
        "**Held**\n\n- `jiraUser` all 88: `557058:ada`, `557058:grace`, `557058:ingrid`, … 85 more"))
    #expect(
      text.contains(
        "- `jiraProject` `properties.leadName` 1 of 5, by .port/jira/resources/port-app-config.yml:45"))
  }

  @Test("nothing in a name or a value is a mark, a mention, a tag or a cell's end")
  func escaping() throws {
    #expect(MarkdownText.code("a`b") == "``a`b``")
    #expect(MarkdownText.code("`a") == "`` `a ``")
    #expect(MarkdownText.code("a|b", isCell: true) == #"`a\|b`"#)
    #expect(MarkdownText.code("a\n</details>") == "`a </details>`")
    #expect(MarkdownText.prose("@you *b* <i> #1") == "@\u{200B}you \\*b\\* &lt;i&gt; \\#1")
    for seed in 0..<40 as Range<UInt64> {
      let text = try ExamplePlans.random(seed: seed).markdown()
      for line in text.split(separator: "\n") where line.hasPrefix("| ") {
        #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 10, "seed \(seed): \(line)")
      }
    }
  }

  @Test(
    "a page is never longer than its limit, says what was left out, and leaves nothing open",
    arguments: [800, 3_000, 65_000])
  func limit(limit: Int) throws {
    let summary = try ExamplePlans.random(seed: 5, groups: 900)
    let text = summary.markdown(limit: limit)
    #expect(text.utf16.count <= limit)
    #expect(text.contains("_Left out"))
    #expect(text.contains("\n<details>") == text.contains("\n</details>"))
    #expect(
      text.components(separatedBy: "\n<details>").count == text.components(separatedBy: "\n</details>").count)
    #expect(try ExamplePlans.full().markdown().contains("Left out") == false)
  }
}
