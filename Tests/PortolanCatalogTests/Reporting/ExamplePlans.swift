import Portolan
import RawJSON
import TestSupport

@testable import PortolanCatalog

/// Plans that are made by hand.
enum ExamplePlans {
  static let configPath = ".port/jira/resources/port-app-config.yml"

  static func config(threshold: String = "entityDeletionThreshold: 0.2\n") -> String {
    "enableMergeEntity: true\n\(threshold)resources: []\n"
  }

  /// A plan of nothing.
  static func empty(config: String = config()) throws -> PlanSummary {
    let parsed = try PortAppConfig(yaml: Array(config.utf8), file: configPath)
    var summary = PlanSummary(
      owner: Datasource(type: "jira", identifier: "my-jira-integration", version: "1.0.0"),
      catalog: "./catalog.db", settings: SyncSettings(parsed))
    summary.id = "7f3a91c0"
    summary.config = config
    summary.configPath = configPath
    return summary
  }

  /// A plan with something of everything.
  static func full() throws -> PlanSummary {
    var summary = try empty()
    summary.editedLines = 2
    summary.resources = [
      ResourceState(kind: "user", index: 0, blueprints: ["jiraUser"]),
      ResourceState(kind: "issue", index: 1, objects: 1_244, entities: 1_244, blueprints: ["jiraIssue"]),
      ResourceState(kind: "project", index: 2, objects: 5, entities: 5, blueprints: ["jiraProject"]),
      ResourceState(
        kind: "sprint", index: 3, objects: 48, entities: 48, isComplete: false,
        reason: "page 3 was answered with 500", blueprints: ["jiraSprint"]),
    ]
    summary.blueprints = [
      BlueprintCounts("jiraUser", owned: 88, counts: counts(hold: 88), kinds: ["user"]),
      BlueprintCounts("jiraProject", owned: 5, counts: counts(change: 1, keep: 4), kinds: ["project"]),
      BlueprintCounts("jiraSprint", owned: 50, counts: counts(hold: 2, keep: 48), kinds: ["sprint"]),
      BlueprintCounts(
        "jiraIssue", owned: 1_204, counts: counts(create: 12, change: 31, delete: 3, keep: 1_170),
        kinds: ["issue"]),
    ]
    summary.total = counts(create: 12, change: 32, delete: 3, hold: 90, keep: 1_222)
    summary.removals = removals
    summary.changes = changes
    summary.renames = [
      Rename(
        from: EntityKey("jiraProject", "OPS"), to: EntityKey("jiraProject", "PLAT"), rawIdentity: "\"10042\"",
        cause: PlanCause(.source))
    ]
    summary.renameCount = 1
    summary.duplicateCount = 2
    summary.setup = [
      SetupStep(.create, .blueprint, "jiraSprint", json: "{}"),
      SetupStep(
        .differs, .blueprint, "jiraUser", json: "{}",
        differences: [.init("schema.properties.url.format", before: nil, after: "\"url\"")]),
    ]
    return summary
  }

  static func counts(
    create: Int = 0, change: Int = 0, delete: Int = 0, hold: Int = 0, keep: Int = 0
  ) -> PlanCounts {
    var counts = PlanCounts()
    (counts.create, counts.change, counts.delete, counts.hold, counts.keep) = (
      create, change, delete, hold, keep
    )
    return counts
  }

  private static let removals = [
    RemovalGroup(
      "jiraUser", count: 88, owned: 88, hold: .empty(kind: "user", resource: 0, owned: 88),
      cause: PlanCause(.source), examples: ["557058:ada", "557058:grace", "557058:ingrid"],
      pointers: [
        .init(
          "jiraIssue", "assignee", count: 41, areDeleted: false,
          examples: [EntityKey("jiraIssue", "ROUTE-1"), EntityKey("jiraIssue", "ROUTE-2")])
      ]),
    RemovalGroup(
      "jiraSprint", count: 2, owned: 50,
      hold: .incomplete(kind: "sprint", resource: 3, why: "page 3 was answered with 500"),
      cause: PlanCause(.source), examples: ["17", "18"]),
    RemovalGroup(
      "jiraIssue", count: 3, owned: 1_204, hold: nil, cause: PlanCause(.source),
      examples: ["ROUTE-12", "ROUTE-19", "TICK-7"]),
  ]

  private static let changes = [
    ChangeGroup(
      "jiraIssue", "properties.status", cause: PlanCause(.source), count: 31, owned: 1_204,
      transitions: [
        .init(before: "\"In Progress\"", after: "\"Done\"", count: 28),
        .init(before: "\"To Do\"", after: "\"In Progress\"", count: 2),
      ], otherTransitions: 1, examples: ["ROUTE-1"]),
    ChangeGroup(
      "jiraProject", "properties.leadName",
      cause: PlanCause(.mapping, at: SourceLocation(file: configPath, line: 45, column: 21)), count: 1,
      owned: 5,
      transitions: [.init(before: nil, after: "\"Ingrid Solheim\"", count: 1)], otherTransitions: 0,
      examples: ["OPS"]),
    ChangeGroup(
      "jiraIssue", "properties.webhookToken", cause: PlanCause(.catalog), count: 1, owned: 1_204,
      transitions: [.init(before: "\"s3cr3t-before\"", after: "\"s3cr3t-after\"", count: 1)],
      otherTransitions: 0,
      examples: ["ROUTE-3"]),
  ]
}

// MARK: Random plans

extension ExamplePlans {
  private static let texts = [
    "a", "jiraIssue", "a|b `c` ``d`` @everyone <b>x</b> #12", "日本語のとても長い名前がここに", "x\ny\u{1B}[31m", "",
    String(repeating: "long", count: 60), "two words and a few more so that it must be cut somewhere",
    "</details>",
    "👩‍👩‍👧 family", "https://user:s3cr3t-word@example.com/?token=s3cr3t-too", "ghp_s3cr3t0123456789abcdef",
  ]

  /// A plan with odd names and values.
  static func random(seed: UInt64, groups: Int = 6) throws -> PlanSummary {
    var random = SeededRandom(seed: seed)
    // Names of blueprints, kinds and the like are no secrets, and nobody has to hide them.
    func text() -> String { random.pick(Array(texts.dropLast(2))) ?? "" }
    func value() -> String { random.pick(texts) ?? "" }
    func count() -> Int { Int.random(in: 0...9_999, using: &random) }
    func json() -> String? { random.chance(4) ? nil : JSONView.quoted(value()) }
    func cause() -> PlanCause {
      PlanCause(
        random.pick(PlanCause.Kind.allCases) ?? .source,
        at: random.chance(2) ? SourceLocation(file: text(), line: 3, column: 4) : nil)
    }
    func hold() -> HoldReason? {
      let related = RelatedEntity(EntityKey(text(), text()), text(), to: EntityKey(text(), text()))
      return random.pick([
        nil, .incomplete(kind: text(), resource: 0, why: value()),
        .empty(kind: text(), resource: 0, owned: count()),
        .threshold(share: 0.5, limit: 0.1), .related(related), .dependent(related), .query(value()),
      ]) ?? nil
    }
    var summary = try empty()
    summary.total = counts(create: count(), change: count(), delete: count(), hold: count(), keep: count())
    for _ in 0..<groups {
      summary.resources.append(
        ResourceState(kind: text(), index: 0, isComplete: random.chance(2), reason: text()))
      summary.blueprints.append(
        BlueprintCounts(
          text(), owned: count(),
          counts: counts(create: count(), change: count(), delete: count(), keep: count()),
          kinds: [text(), text()]))
      summary.removals.append(
        RemovalGroup(
          text(), count: count(), owned: count(), hold: hold(), cause: cause(), examples: [value(), value()],
          pointers: [
            .init(
              text(), text(), count: count(), areDeleted: random.chance(2),
              examples: [EntityKey(text(), text())])
          ]))
      summary.changes.append(
        ChangeGroup(
          text(), text(), cause: cause(), count: count(), owned: count(),
          transitions: [
            .init(before: json(), after: json(), count: 5), .init(before: json(), after: json(), count: 1),
          ],
          otherTransitions: 3, examples: [text()]))
      summary.renames.append(
        Rename(
          from: EntityKey(text(), text()), to: EntityKey(text(), text()), rawIdentity: json(), cause: cause())
      )
      summary.setup.append(
        SetupStep(
          random.pick([.create, .change, .differs, .missing]) ?? .create, .blueprint, text(), json: "{}",
          differences: [.init(text(), before: json(), after: json())]))
      summary.diagnostics.append(Diagnostic(.warning, .catalog, text(), help: text()))
    }
    summary.renameCount = groups + 4
    return summary
  }
}

extension JSONView {
  fileprivate static func quoted(_ text: String) -> String { JSONText.quoted(text) }
}
