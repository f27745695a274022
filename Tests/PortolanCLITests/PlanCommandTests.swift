import Foundation
import TestSupport
import Testing

@Suite("portolan plan and sync")
struct PlanCommandTests {
  private let here: FixtureCatalog
  private var folder: TemporaryFolder { here.folder }
  private static let config = FixtureCatalog.config

  init() throws { here = try FixtureCatalog() }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Command.Result {
    try Command.run(arguments, in: folder.path, environment: environment)
  }

  private func edit(_ file: String, _ old: String, _ new: String) throws { try here.edit(file, old, new) }

  private func exists(_ file: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(folder.path)/\(file)")
  }

  @Test(
    "the first plan needs nothing and leaves nothing; a sync makes the catalog, and then there is nothing to do"
  )
  func firstTry() throws {
    let plan = try run("plan", "octopus")
    #expect(plan.status == 0 && plan.errors.isEmpty)
    #expect(plan.output.contains("octopus → .port/.catalog/octopus.db (new)"))
    #expect(plan.output.contains("48 to create, 7 steps of the setup      portolan sync octopus"))
    #expect(!exists(".port/.catalog"))
    #expect(try run("plan", "octopus", "--detailed-exit-code").status == 3)

    let sync = try run("sync", "octopus")
    #expect(sync.status == 0)
    #expect(sync.output.contains("done:  48 created"))
    #expect(sync.errors.contains("machine: 9 objects, 8 entities\n"))
    #expect(sync.errors.contains("writing octopusMachine: "))
    #expect(try String(contentsOfFile: "\(folder.path)/.port/.catalog/.gitignore", encoding: .utf8) == "*\n")

    let again = try run("plan", "octopus", "--detailed-exit-code")
    #expect(again.status == 0 && again.output == "nothing to do: 48 entities are as the mapping says\n")
    #expect(try run("sync", "octopus").output == again.output)
  }

  @Test(
    "a property that names a file, which is not read here, is not emptied: plan says so, sync writes nothing")
  func namedFile() throws {
    _ = try run("sync", "octopus")
    try edit(Self.config, "slug: .Slug", "slug: file://README.md")
    let plan = try run("plan", "octopus")
    #expect(plan.status == 1)
    #expect(plan.output.contains("it cannot be carried out: `properties.slug` of `project` names a file"))
    let sync = try run("sync", "octopus", "--yes")
    #expect(sync.status == 2)
    #expect(sync.errors.contains("nothing is written: `properties.slug` of `project` names a file"))
    try edit(Self.config, "slug: file://README.md", "slug: .Slug")
    #expect(try run("plan", "octopus").output == "nothing to do: 48 entities are as the mapping says\n")
  }

  @Test("a change has its cause: the line that was edited, or the source; deletions wait for a yes")
  func causes() throws {
    _ = try run("sync", "octopus")
    try edit(Self.config, "slug: .Slug", "slug: .Slug + \"!\"")
    try edit("Fixtures/octopus/machine.json", "booking-api-02", "booking-api-99")
    try here.editMachines { $0.filter { $0["Id"] as? String != "Machines-303" } }
    let plan = try run("plan", "octopus")
    #expect(plan.status == 0)
    #expect(plan.output.contains("mapping edited: 1 line"))
    #expect(plan.output.contains("properties.slug"))
    #expect(plan.output.contains("by line 49"))
    #expect(plan.output.contains("\"booking-api-02\" → \"booking-api-99\""))
    #expect(plan.output.contains("1 of 8 deleted"))
    #expect(plan.output.contains("gone from the source"))

    let careful = try run("sync", "octopus")
    #expect(careful.status == 1)
    #expect(careful.errors.contains("1 entity was not deleted") && careful.errors.contains("--yes"))
    #expect(careful.output.contains("\nleft: 1 to delete; a sync with --yes does it\n"))
    let rest = try run("plan", "octopus")
    #expect(rest.output.contains("\n1 to delete"))
    let sync = try run("sync", "octopus", "--yes", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(sync.output.utf8)) as? [String: Any]
    #expect(sync.status == 0 && object?["deleted"] as? Int == 1 && object?["done"] as? Bool == true)
  }

  @Test("a kind that gives nothing any more is held, until it may be empty")
  func hold() throws {
    _ = try run("sync", "octopus")
    // Fixtures that are not there are no answer at all; an empty list is one.
    try folder.write("Fixtures/octopus/deployment.json", "[]")
    let held = try run("sync", "octopus", "--yes")
    #expect(held.status == 1)
    #expect(held.output.contains("all 12 held") && held.output.contains("--allow-empty deployment"))
    let allowed = try run("sync", "octopus", "--yes", "--allow-empty", "deployment")
    #expect(allowed.status == 0 && allowed.output.contains("12 deleted"))
  }

  @Test("a kept plan is done as it says, once; of a catalog that has changed since nothing is written")
  func keptPlan() throws {
    _ = try run("plan", "octopus", "--output", "first.plan")
    _ = try run("plan", "octopus", "--output", "second.plan")
    #expect(try run("sync", "--plan", "first.plan").status == 0)
    try edit(Self.config, "slug: .Slug", "slug: .Slug + \"!\"")
    _ = try run("plan", "octopus", "--output", "third.plan")
    #expect(try run("sync", "octopus").status == 0)
    let stale = try run("sync", "--plan", "third.plan")
    #expect(stale.status == 2 && stale.errors.contains("has changed since"))
    #expect(try run("sync", "--plan", "nothing.plan").status == 2)
    let mixed = try run("sync", "--plan", "third.plan", "--live")
    #expect(mixed.status == 2 && mixed.errors.contains("leave --live out"))
  }

  @Test("every format is whole, and filters restrict it")
  func formats() throws {
    _ = try run("sync", "octopus")
    try edit(Self.config, "slug: .Slug", "slug: .Slug + \"!\"")
    let json = try run("plan", "octopus", "--format", "json", "--verbose", "--field", "slug")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["operations"] as? [Any])?.count == 7)
    let markdown = try run("plan", "octopus", "--format", "markdown")
    #expect(markdown.output.hasPrefix("### Plan `") && markdown.output.contains("\(Self.config):49"))
    let verbose = try run("plan", "octopus", "--verbose")
    #expect(verbose.output.contains("~ octopusProject Projects-101\n"))
    #expect(verbose.output.contains("\(Self.config):49:"))
    #expect(
      try run("plan", "octopus", "--blueprint", "octopusSpace").output == "nothing of this is in the plan\n")
    let cut = try Command.shell("\"$PORTOLAN\" plan octopus --verbose | head -1", in: folder.path)
    #expect(cut.output.hasPrefix("plan ") && cut.errors.isEmpty)
  }

  @Test("ignored fields do not count; a kind alone says nothing of others")
  func parts() throws {
    _ = try run("sync", "octopus")
    try edit(Self.config, "slug: .Slug", "slug: .Slug + \"!\"")
    let ignored = try run("plan", "octopus", "--ignore", ".properties.slug")
    #expect(ignored.output.hasPrefix("nothing to do"))
    let kind = try run("plan", "octopus", "--kind", "machine")
    #expect(kind.status == 0 && kind.output == "nothing to do: 8 entities are as the mapping says\n")
  }

  @Test("the command that a plan proposes does what was planned")
  func next() throws {
    let options = [
      "--config", Self.config, "--fixtures", "Fixtures/octopus", "--kind", "space", "project", "--to",
      "a b.db",
      "--type", "ships", "--identifier", "my ships", "--allow-empty", "space", "--ignore", ".title",
      "--timeout", "5",
    ]
    let plan = try Command.run(["plan"] + options, in: folder.path)
    let command = try #require(plan.output.firstMatch(of: /portolan (sync .*)\n/)).1
    #expect(
      command
        == "sync --config \(Self.config) --fixtures Fixtures/octopus --kind space project --to 'a b.db' --type ships "
        + "--identifier 'my ships' --allow-empty space --ignore .title --timeout 5.0")
    #expect(try run("plan", "octopus").output.hasSuffix("      portolan sync octopus\n"))
    #expect(
      try run("plan", "octopus", "--output", "a b.plan").output.hasSuffix("portolan sync --plan 'a b.plan'\n")
    )
  }

  @Test("bad arguments say what to do, with status 2")
  func usage() throws {
    let cases: [([String], String)] = [
      (["plan"], "name the one that is meant"),
      (["plan", "octopus", "--limit", "5"], "--limit is not for this"),
      (["plan", "octopus", "--ignore", "a b"], "--ignore takes jq paths"),
      (["plan", "octopus", "--allow-empty", "machin"], "did you mean `machine`"),
      (["plan", "octopus", "--to", "no/such/folder/x.db", "--output", "no/such/x.plan"], "no/such/x.plan"),
      (["sync", "octopus", "--keep-raw", "soon"], "--keep-raw"),
      (["sync", "octopus", "--yes", "--blueprint", "octopusSpace"], "Unknown option '--blueprint'"),
      (["sync", "octopus", "--yes", "--field", "title"], "Unknown option '--field'"),
      (
        ["plan", "octopus", "--to", "port"],
        "OCEAN__PORT__CLIENT_ID and OCEAN__PORT__CLIENT_SECRET are missing"
      ),
    ]
    for (arguments, message) in cases {
      let result = try Command.run(arguments, in: folder.path)
      #expect(result.status == 2, "\(arguments)")
      #expect(result.errors.contains(message), "\(arguments): \(result.errors)")
    }
  }
}
