import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("A plan as text")
struct PlanTextTests {
  @Test(
    "what is deleted and held is first, with who points to it and what to do; then changes by field and cause"
  )
  func whole() throws {
    let expected = #"""
      plan 7f3a91c0  jira → ./catalog.db
        mapping edited: 2 lines · source: 1,297 objects of 4 kinds, 1 not complete

        + blueprint jiraSprint is created
        ! blueprint jiraUser is not as the files say, and stays so
            schema.properties.url.format: nothing → "url"
            → --update-blueprints changes it

        blueprint      now  create  change  delete  hold   same   kinds
        jiraUser        88       ·       ·       ·    88      ·   user (nothing)
        jiraProject      5       ·       1       ·     ·      4   project
        jiraSprint      50       ·       ·       ·     2     48   sprint ✗
        jiraIssue    1,204      12      31       3     ·  1,170   issue

        ✗ sprint is not complete, so nothing that it makes is deleted: page 3 was answered with 500

        − jiraIssue  3 of 1,204 deleted  ROUTE-12, ROUTE-19, TICK-7
            gone from the source
        ! jiraUser  all 88 held  557058:ada, 557058:grace, 557058:ingrid, … and 85 more
            user gave nothing at all, and the catalog has 88 entities
            41 jiraIssue relate to them (relations.assignee): ROUTE-1, ROUTE-2, … and 39 more
            → if the source is really empty: --allow-empty user
        ! jiraSprint  2 of 50 held  17, 18
            sprint was not read to its end
            → make fetching and mapping sprint work, then plan again

        ~ jiraIssue    properties.status        31 of 1,204  by the source
            "In Progress" → "Done" ×28 · "To Do" → "In Progress" ×2 · … 1 more
        ~ jiraProject  properties.leadName           1 of 5  by line 45
            nothing → "Ingrid Solheim"
        ~ jiraIssue    properties.webhookToken   1 of 1,204  changed in the catalog
            "••••" → "••••"

        → jiraProject OPS → PLAT  same raw object "10042"
          a rename is a create and a delete, counted above

        2 entities have the blueprint and identifier of a later one, which is taken instead

      12 to create, 32 to change, 3 to delete, 90 held, 1 step of the setup      portolan sync jira

      """#
    #expect(try ExamplePlans.full().text(width: 100, next: "portolan sync jira").asList == expected.asList)
  }

  @Test("no line is wider than it may be, whatever names and values are", arguments: [60, 80, 120])
  func widths(width: Int) throws {
    for seed in 0..<40 as Range<UInt64> {
      let summary = try ExamplePlans.random(seed: seed)
      for text in [summary.text(width: width, next: "portolan sync"), PlanReportText.short(summary, width)] {
        for line in text.split(separator: "\n") {
          #expect(TextColumns.displayWidth(String(line)) <= width, "seed \(seed): \(line)")
        }
      }
    }
  }

  @Test("nothing to do is one line; a plan that only holds is none of these")
  func nothing() throws {
    var summary = try ExamplePlans.empty()
    summary.total.keep = 1_297
    #expect(summary.text() == "nothing to do: 1,297 entities are as the mapping says\n")
    summary.total.hold = 1
    #expect(summary.text().hasSuffix("\n1 held\n"))
  }

  @Test("why a plan cannot be carried out is whole, and said where there is nothing to do as well")
  func obstacle() throws {
    var summary = try ExamplePlans.empty()
    summary.total.keep = 1_297
    summary.obstacle = "`properties.readme` of `repository` names a file, which is not read here"
    let lines = [
      "it cannot be carried out: `properties.readme` of",
      "`repository` names a file, which is not read here", "",
    ].joined(separator: "\n")
    #expect(
      summary.text(width: 50) == "nothing to do: 1,297 entities are as the mapping …\n" + lines,
      "\(summary.text(width: 50))")
    summary.total.hold = 1
    #expect(summary.text(width: 50).hasSuffix("\n1 held\n" + lines))
  }

  @Test("colours tell what is created, changed and deleted; without colour nothing but text is there")
  func colours() throws {
    let text = PlanText(style: Style(hasColour: true, width: 100), summary: try ExamplePlans.full()).render()
    #expect(text.contains("\u{1B}[31m−\u{1B}[0m"))
    #expect(text.contains("\u{1B}[33m~\u{1B}[0m"))
    #expect(text.contains("\u{1B}[32m+\u{1B}[0m"))
    #expect(!(try ExamplePlans.full().text()).contains("\u{1B}"))
  }

  @Test("the limit that holds is named with its line; where the config has none, that is said")
  func threshold() throws {
    var summary = try ExamplePlans.empty()
    summary.total.hold = 3
    summary.removals = [
      RemovalGroup(
        "a", count: 3, owned: 4, hold: .threshold(share: 0.7501, limit: 0.2), cause: PlanCause(.source),
        examples: ["1", "2", "3"])
    ]
    let text = summary.text(width: 200)
    #expect(text.contains("75.1 % of everything would go, and 20 % is the limit"))
    #expect(
      text.contains("raise entityDeletionThreshold in line 2 of \(ExamplePlans.configPath) to 0.76 or more"))
    summary.config = "resources: []\n"
    #expect(summary.text(width: 200).contains("it is not in \(ExamplePlans.configPath)"))
  }

  @Test("a filter restricts all of it, and says so")
  func filter() throws {
    let summary = try ExamplePlans.full()
    let users = summary.filtered(PlanFilter(blueprints: ["jiraUser"]))
    #expect(users.changes.isEmpty && users.removals.count == 1 && users.total.hold == 88)
    #expect(users.total.operations == 0)
    let field = summary.filtered(PlanFilter(fields: ["status"]))
    #expect(
      field.changes.count == 1 && field.removals.isEmpty && field.renames.isEmpty && field.setup.isEmpty)
    #expect(field.total.change == 31 && field.total.operations == 31)
    let text = PlanText(style: Style(hasColour: false, width: 100), summary: field, isPart: true, next: "x")
      .render()
    #expect(text.hasSuffix("shown: 31 to change\n"))
  }

  @Test("a value that changes once has no number, and values that look the same are one")
  func transitionCounts() throws {
    var summary = try ExamplePlans.empty()
    func change(_ before: String, _ after: String, _ count: Int) -> ChangeGroup.Transition {
      .init(before: before, after: after, count: count)
    }
    summary.total.change = 10
    summary.changes = [
      ChangeGroup(
        "a", "properties.size", cause: PlanCause(.source), count: 3, owned: 9,
        transitions: [change("1", "2", 2), change("10", "20", 1)], otherTransitions: 0, examples: []),
      ChangeGroup(
        "a", "properties.apiToken", cause: PlanCause(.source), count: 7, owned: 9,
        transitions: [change("\"s3cr3t-1\"", "\"s3cr3t-2\"", 4), change("\"s3cr3t-3\"", "\"s3cr3t-4\"", 3)],
        otherTransitions: 0, examples: []),
    ]
    let text = summary.text(width: 80)
    #expect(text.contains("\n      1 → 2 ×2 · 10 → 20\n"), "\(text)")
    #expect(text.contains("\n      \"••••\" → \"••••\"\n"), "\(text)")
    let markdown = summary.markdown()
    #expect(markdown.contains("- `1` → `2` ×2\n  - `10` → `20`\n"), "\(markdown)")
    #expect(markdown.contains("- `\"••••\"` → `\"••••\"`\n"), "\(markdown)")
  }

  @Test("who goes along goes in the right number")
  func pointers() throws {
    var summary = try ExamplePlans.empty()
    summary.total.delete = 2
    func pointers(_ count: Int) -> RemovalGroup.Pointers {
      .init("other", "peers", count: count, areDeleted: true, examples: [EntityKey("other", "x")])
    }
    summary.removals = [
      RemovalGroup(
        "a", count: 2, owned: 9, hold: nil, cause: PlanCause(.source), examples: ["1", "2"],
        pointers: [pointers(1), pointers(2)])
    ]
    for text in [summary.text(width: 120), summary.markdown()] {
      #expect(text.contains("1 other relates to them") || text.contains("1 `other` relates to them"))
      #expect(text.contains(", and is deleted with them: ") && text.contains(", and are deleted with them: "))
    }
  }

  @Test("many renames by one line are one line; where the old one is held, that is said")
  func renames() throws {
    var summary = try ExamplePlans.empty()
    (summary.total.create, summary.total.hold) = (12, 1)
    let line = PlanCause(
      .mapping, at: SourceLocation(file: ExamplePlans.configPath, line: 58, column: 9))
    summary.renames = (1...11).map { number in
      Rename(
        from: EntityKey("user", "a\(number)"), to: EntityKey("user", "b\(number)"), rawIdentity: nil,
        cause: line)
    }
    var held = Rename(
      from: EntityKey("project", "OPS"), to: EntityKey("project", "PLAT"), rawIdentity: "7",
      cause: PlanCause(.source))
    held.isHeld = true
    summary.renames.append(held)
    summary.renameCount = 12
    let text = summary.text(width: 80)
    #expect(
      text.contains(
        "\n  → user  11 renamed by line 58\n      a1 → b1, a2 → b2, a3 → b3, a4 → b4, a5 → b5, a6 → b6, … and 5 more\n"
      ), "\(text)")
    #expect(text.contains("\n  → project OPS → PLAT  same raw object 7, and OPS is held\n"), "\(text)")
    #expect(text.contains("    a rename is a create and a delete or a hold, counted above\n"))
    let markdown = summary.markdown()
    #expect(
      markdown.contains("- 11 renamed by \(ExamplePlans.configPath):58: `user/a1` → `user/b1`, "),
      "\(markdown)")
    #expect(markdown.contains(", same raw object `7`, and the old one is held\n"))
    summary.renames = [held]
    summary.renameCount = 1
    #expect(summary.text(width: 80).contains("what is held stays, too\n"))
  }

  @Test("what the kinds that were asked for make no more, and others may, is said to be left")
  func left() throws {
    var summary = try ExamplePlans.empty()
    let hold = HoldReason.incomplete(kind: "extra", resource: 1, why: "only the kind `service` was mapped")
    summary.resources = [
      ResourceState(kind: "service", index: 0, objects: 297, entities: 297),
      ResourceState(kind: "extra", index: 1, isComplete: false, reason: "it was not asked for"),
    ]
    summary.blueprints = [
      BlueprintCounts(
        "acmeService", owned: 300, counts: ExamplePlans.counts(hold: 3, keep: 297),
        kinds: ["service", "extra"]),
      BlueprintCounts("acmeTeam", owned: 2, counts: ExamplePlans.counts(hold: 2), kinds: ["extra"]),
    ]
    summary.total = ExamplePlans.counts(hold: 5, keep: 297)
    summary.removals = [("acmeService", 3), ("acmeTeam", 2)].map { blueprint, count in
      RemovalGroup(
        blueprint, count: count, owned: count, hold: hold, cause: PlanCause(.unknown), examples: ["x"])
    }
    let filter = PlanFilter(kinds: ["service"])
    #expect(
      summary.wording.left(filter)
        == ["3 acmeService that service does not make are left: extra was not mapped"])
    let text = PlanText(
      style: Style(hasColour: false, width: 80), summary: summary.filtered(filter),
      left: summary.wording.left(filter)
    ).render()
    #expect(
      text == "nothing to do: 297 entities are as the mapping says\n"
        + "  3 acmeService that service does not make are left: extra was not mapped\n")
    #expect(summary.wording.left(PlanFilter()).isEmpty)
  }

  @Test("what is held for kinds that nobody asked for is left out")
  func kinds() throws {
    let part = try ExamplePlans.full().filtered(PlanFilter(kinds: ["issue"]))
    #expect(part.resources.map(\.kind) == ["issue"] && part.isComplete)
    #expect(!part.removals.contains { $0.blueprint == "jiraSprint" })
    #expect(part.total.hold == 88)
  }

  @Test("every entity with its fields, read from the plan's file some at a time")
  func entities() throws {
    let folder = try TemporaryFolder()
    let file = try PlanFile(creating: folder.path + "/plan")
    var operations = (1...1_100).map { number in
      PlannedOperation(
        .create, EntityKey("thing", "n\(number)"), after: Array(#"{"title":"T","team":null}"#.utf8))
    }
    var change = PlannedOperation(.change, EntityKey("thing", "c"))
    change.changes = [
      FieldChange(
        "properties.size", before: "1", after: "2",
        cause: PlanCause(.mapping, at: SourceLocation(file: "config.yml", line: 7, column: 3)))
    ]
    operations.append(change)
    operations.append(PlannedOperation(.delete, EntityKey("thing", "d")))
    try file.put(operations)
    var parts: [String] = []
    try OperationText(style: Style(hasColour: false, width: 80), wording: ExamplePlans.full().wording)
      .write(file) { parts.append($0) }
    let text = parts.joined()
    #expect(parts.count > 3)
    #expect(
      text.hasPrefix("  − thing d\n  ~ thing c\n      properties.size: 1 → 2\n        config.yml:7:3\n"))
    #expect(text.contains("  + thing n1100\n      title: \"T\"\n"))
    #expect(!text.contains("team"))
  }
}

/// The text that is shown before a sync.
enum PlanReportText {
  static func short(_ summary: PlanSummary, _ width: Int) -> String {
    PlanText(style: Style(hasColour: false, width: width), summary: summary).short
  }
}

extension String {
  /// The lines, so that a difference shows the one that differs.
  var asList: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
