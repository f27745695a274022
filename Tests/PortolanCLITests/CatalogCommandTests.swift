import Foundation
import TestSupport
import Testing

@Suite("portolan catalog")
struct CatalogCommandTests {
  private let here: FixtureCatalog
  private static let package = "octopusPackage/Releases-1220/Deploy-gateway/sidecar"

  init() throws { here = try FixtureCatalog() }

  private func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(["catalog"] + arguments, in: here.folder.path)
  }

  /// Whether no line is wider than 100 columns, or ends in white space.
  private func isNarrow(_ text: String) -> Bool {
    text.split(separator: "\n").allSatisfy { $0.count <= 100 && $0.last != " " }
  }

  @Test("list shows blueprints, and the entities of one, as many as are asked for")
  func list() throws {
    try here.sync()
    let blueprints = try run("list")
    #expect(blueprints.status == 0 && blueprints.output.contains("octopusMachine            9\n"))
    #expect(blueprints.output.hasSuffix("\n6 blueprints, 50 entities in .port/.catalog/octopus.db\n"))
    let some = try run("list", "octopusMachine", "--limit", "2")
    #expect(some.status == 0 && some.output.hasPrefix("identifier    title"))
    #expect(some.output.contains("Machines-202  booking-api-02") && !some.output.contains("Machines-203"))
    #expect(some.output.contains("octopus/my-octopus-integration"))
    #expect(some.output.hasSuffix("… and 7 more: --all lists every entity\n") && isNarrow(some.output))
    let all = try FixtureCatalog.document(run("list", "octopusMachine", "--all", "--format", "json"))
    #expect(all["total"] as? Int == 9 && (all["entities"] as? [[String: Any]])?.count == 9)
    let counts = try FixtureCatalog.document(run("list", "--format", "json"))
    #expect((counts["blueprints"] as? [[String: Any]])?.first?["entities"] as? Int == 12)
    let unknown = try run("list", "octopusMachin")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean `octopusMachine`?"))
    #expect(try run("list", "--limit", "0").status == 2)
  }

  @Test("without a catalog, or with several, it is said what to do")
  func which() throws {
    let none = try run("list")
    #expect(none.status == 2 && none.errors.contains("no catalog is here"))
    try here.sync("--to", "a b.db")
    let named = try run("show", "octopusMachine/Machines-0", "--catalog", "a b.db")
    #expect(named.status == 1 && named.errors.contains("search Machines-0 --catalog 'a b.db'`"))
    let missing = try run("list", "--catalog", "c.db")
    #expect(missing.status == 2 && missing.errors.contains("there is no catalog c.db"))
    #expect(!FileManager.default.fileExists(atPath: "\(here.folder.path)/c.db"))
    let other = try run("list", "--catalog", FixtureCatalog.config)
    #expect(other.status == 2 && other.errors.contains("is no catalog"))
    try here.sync()
    try here.folder.write(".port/.catalog/jira.db", "")
    let several = try run("list")
    #expect(several.status == 2 && several.errors.contains("name one, as --catalog "))
  }

  @Test("show says of each field which expression of which line made it, and what the entity relates to")
  func show() throws {
    try here.sync()
    let machine = try run("show", "octopusMachine/Machines-202")
    #expect(machine.status == 0 && machine.output.hasPrefix("octopusMachine/Machines-202  booking-api-02\n"))
    #expect(machine.output.contains("written by  octopus/my-octopus-integration\n"))
    #expect(machine.output.contains(", its only version\n"))
    #expect(machine.output.contains("made of     machine Machines-202, \(FixtureCatalog.machines):"))
    #expect(machine.output.contains("mapped by   \(FixtureCatalog.config)\n"))
    #expect(machine.output.contains("\"booking-api-02\"") && machine.output.contains(".HealthStatus"))
    #expect(machine.output.contains("relates to\n    space  octopusSpace/Spaces-22\n"))
    #expect(machine.output.contains("related by\n    machines  octopusDeployment/Deployments-2003\n"))
    #expect(machine.output.hasSuffix("\n  portolan explain --entity octopusMachine/Machines-202\n"))
    #expect(isNarrow(machine.output), "\(machine.output)")
    let file = ".port/.catalog/octopus.db"
    let named = try run("show", "octopusMachine/Machines-202", "--catalog", file)
    #expect(
      named.output.hasSuffix("\n  portolan explain --entity octopusMachine/Machines-202 --catalog \(file)\n"))
    let slashes = try FixtureCatalog.document(run("show", Self.package, "--format", "json"))
    #expect(slashes["identifier"] as? String == "Releases-1220/Deploy-gateway/sidecar")
    let fields = slashes["fields"] as? [[String: Any]] ?? []
    let version = fields.first { $0["field"] as? String == "properties.version" }
    #expect(version?["expression"] as? String == ".item.Version" && version?["line"] as? Int == 117)
    #expect((slashes["origin"] as? [String: Any])?["kind"] as? String == "release")
    #expect((slashes["relations"] as? [[String: Any]])?.first?["blueprint"] as? String == "octopusRelease")
  }

  @Test("a target that nobody wrote is nobody's")
  func target() throws {
    try here.sync()
    let target = "octopusMachine/Machines-399"
    let shown = try run("show", target)
    #expect(shown.status == 0 && shown.output.hasPrefix("\(target)\n  written by  nobody: "))
    #expect(shown.output.contains("related by\n    machines  octopusDeployment/Deployments-2011\n"))
    #expect(!shown.output.contains("portolan explain"))
    #expect(try run("history", target).output.contains("created for a relation to it, run "))
    let explained = try here.run("explain", "--entity", target)
    #expect(explained.status == 1 && explained.errors.contains("because others relate to it"))
  }

  @Test("what is not there: never, not yet, or not any more")
  func absent() throws {
    try here.sync()
    let never = try run("show", "octopusMachine/no such: one")
    #expect(never.status == 1 && never.errors.contains("and never had one"))
    #expect(never.errors.contains(#"`portolan catalog search '"no such: one"'` looks"#), "\(never.errors)")
    #expect(try run("history", "octopusMachine/none").status == 1)
    try here.editMachines { $0.filter { $0["Id"] as? String != "Machines-303" } }
    try here.sync()
    let gone = try run("show", "octopusMachine/Machines-303")
    #expect(gone.status == 1 && gone.errors.contains("octopusMachine/Machines-303 was deleted at "))
    let hint = try #require(gone.errors.firstMatch(of: /`portolan (catalog show [^`]*)`/))
    let before = try Command.run(
      hint.1.split(separator: " ").map(String.init) + ["--format", "json"], in: here.folder.path)
    let document = try FixtureCatalog.document(before)
    #expect(document["version"] as? Int == 1 && document["versions"] as? Int == 2)
    #expect(document["relatedBy"] == nil)
    let early = try run("show", "octopusMachine/Machines-303", "--revision", "0")
    #expect(early.status == 1 && early.errors.contains("at revision 0: it came with revision "))
    let history = try run("history", "octopusMachine/Machines-303")
    #expect(history.status == 0 && history.output.hasPrefix("octopusMachine/Machines-303  2 versions\n"))
    #expect(history.output.contains("deleted by run "))
    for name in ["x", "/x", "x/", "/", ""] {
      let result = try run("show", name)
      #expect(result.status == 2 && result.errors.contains("names no entity"), "\(name)")
    }
  }

  @Test("history says what changed, from what to what, the newest first")
  func history() throws {
    try here.sync()
    try here.edit(FixtureCatalog.config, "slug: .Slug", "slug: .Slug + \"!\"")
    try here.sync()
    let text = try run("history", "octopusProject/Projects-101")
    #expect(text.status == 0 && text.output.contains("changed by run "))
    #expect(text.output.contains(#"properties.slug  "booking-api" → "booking-api!""#))
    #expect(text.output.contains("from project Projects-101, Fixtures/octopus/project/Spaces-22.json:2:3"))
    #expect(isNarrow(text.output))
    let json = try FixtureCatalog.document(run("history", "octopusProject/Projects-101", "--format", "json"))
    let versions = json["versions"] as? [[String: Any]] ?? []
    #expect(versions.map { $0["change"] as? String } == ["changed", "created"])
    #expect(versions.allSatisfy { $0["origin"] is [String: Any] && $0["run"] is String })
    let old = try run("show", "octopusProject/Projects-101", "--revision", "\(versions[1]["revision"] ?? "")")
    #expect(old.output.contains("version 1 of 2\n") && !old.output.contains("booking-api!"))
    #expect(old.output.contains(" --revision \(versions[1]["revision"] ?? "")\n"))
  }

  @Test("search finds by words, by conditions and by Port's JSON, and says where there is more")
  func search() throws {
    try here.sync()
    let words = try run("search", "booking-api", "blueprint=octopusMachine")
    #expect(words.status == 0 && words.output.hasPrefix("entity "))
    #expect(words.output.contains("octopusMachine/Machines-202  booking-api-02"))
    #expect(!words.output.contains("octopusProject") && isNarrow(words.output))
    let query =
      #"{"combinator": "and", "rules": [{"property": "status", "operator": "=", "value": "HasWarnings"}]}"#
    #expect(try run("search", query).output.contains("octopusMachine/Machines-202"))
    let some = try run("search", "Deploy", "--limit", "2")
    #expect(some.status == 0 && some.output.hasSuffix("… and more: a higher --limit shows them\n"))
    let cut = try FixtureCatalog.document(run("search", "Deploy", "--limit", "2", "--format", "json"))
    #expect(cut["complete"] as? Bool == false && (cut["entities"] as? [Any])?.count == 2)
    let all = try FixtureCatalog.document(
      run("search", "Deploy", "--limit", "\(Int.max)", "--format", "json"))
    #expect(all["complete"] as? Bool == true)
    let none = try run("search", "nothing-like-it")
    #expect(none.status == 1 && none.output.isEmpty && none.errors.contains("no entity matches"))
    let empty = try FixtureCatalog.document(run("search", "nothing-like-it", "--format", "json"))
    #expect((empty["entities"] as? [Any])?.isEmpty == true)
    #expect(try run("search", "{").status == 2)
    #expect(try run("search").status == 2)
  }

  @Test("what is exported is imported whole, or not at all")
  func exportAndImport() throws {
    try here.sync()
    let exported = try run("export")
    #expect(exported.status == 0 && exported.output.hasPrefix(#"{"type":"catalog","version":1}"#))
    try here.folder.write("all.ndjson", exported.output)
    let imported = try run("import", "all.ndjson", "--catalog", "new.db")
    #expect(imported.status == 0 && imported.errors == "50 entities are in new.db\n")
    #expect(try run("export", "--catalog", "new.db").output == exported.output)
    let explained = try here.run("explain", "--entity", "octopusMachine/Machines-202", "--catalog", "new.db")
    #expect(explained.status == 1 && explained.errors.contains("written by octopus/my-octopus-integration"))
    try here.folder.write("cut.ndjson", String(exported.output.dropLast(20)))
    let cut = try run("import", "cut.ndjson", "--catalog", "cut.db")
    #expect(cut.status == 2 && cut.errors.contains("cut.ndjson: line "))
    for file in ["cut.db", "cut.db-wal", "cut.db-shm"] {
      #expect(!FileManager.default.fileExists(atPath: "\(here.folder.path)/\(file)"), "\(file)")
    }
    #expect(try run("import", "cut.ndjson", "--catalog", "new.db").status == 2)
    #expect(try run("export", "--catalog", "new.db").output == exported.output)
    #expect(try run("import", "none.ndjson", "--catalog", "none.db").status == 2)
    #expect(!FileManager.default.fileExists(atPath: "\(here.folder.path)/none.db"))
    let piped = try Command.shell(
      "\"$PORTOLAN\" catalog export | \"$PORTOLAN\" catalog import --catalog piped.db && "
        + "\"$PORTOLAN\" catalog export | head -1 && \"$PORTOLAN\" catalog list octopusMachine | head -1",
      in: here.folder.path)
    #expect(piped.status == 0 && piped.errors == "50 entities are in piped.db\n")
  }

  // MARK: Explanations

  @Test("explain --entity maps the object again by the config of its revision, while the object is there")
  func explain() throws {
    let (key, field) = ("octopusProject/Projects-101", "properties.slug")
    try here.sync("--keep-raw", "7d")
    try here.edit(FixtureCatalog.config, "slug: .Slug", "slug: .Slug + \"!\"")
    try here.sync("--keep-raw", "7d")
    let now = try here.run("explain", "--entity", key, "--field", field)
    #expect(now.status == 0 && now.output.contains("booking-api!"), "\(now.errors)")
    let versions = try FixtureCatalog.document(run("history", key, "--format", "json"))["versions"]
    let first = (versions as? [[String: Any]])?.last?["revision"] as? Int ?? 0
    let before = try here.run("explain", "--entity", key, "--field", field, "--revision", "\(first)")
    #expect(before.status == 0 && !before.output.contains("booking-api!"))
    #expect(before.output.contains(#".Slug = "booking-api""#), "\(before.output)")
    let unknown = try here.run("explain", "--entity", key, "--field", "properties.slog")
    #expect(unknown.status == 1 && unknown.errors.contains("did you mean `properties.slug`?"))
    // What was kept is there when the fixture is not.
    try FileManager.default.removeItem(atPath: "\(here.folder.path)/Fixtures")
    #expect(try here.run("explain", "--entity", key).status == 0)
    let items = try here.run("explain", "--entity", Self.package)
    #expect(items.status == 0 && items.output.contains("identifier: Releases-1220/Deploy-gateway/sidecar"))
  }

  @Test("a raw object that was not kept is found in its fixture, until that has another one")
  func rawGone() throws {
    let key = "octopusMachine/Machines-202"
    try here.sync()
    let found = try here.run("explain", "--entity", key)
    #expect(found.status == 0 && found.output.contains("identifier: Machines-202"))
    try here.edit(FixtureCatalog.machines, "booking-api-02", "booking-api-99")
    let gone = try here.run("explain", "--entity", key)
    #expect(gone.status == 1 && gone.errors.contains("\(FixtureCatalog.machines) has it no more as it was"))
    #expect(gone.errors.contains("--keep-raw"))
    let deleted = try here.run("explain", "--entity", "octopusMachine/nothing")
    #expect(deleted.status == 1 && deleted.errors.contains("never had one"))
    #expect(try here.run("explain", "machine", "--entity", key).status == 2)
    #expect(try here.run("explain", "--entity", key, "--item", "1").status == 2)
    #expect(try here.run("explain", "machine", "--revision", "1").status == 2)
  }
}
