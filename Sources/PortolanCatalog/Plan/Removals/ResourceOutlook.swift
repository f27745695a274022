import Portolan

/// What a resource of the config tells about entities that nobody made.
struct ResourceOutlook: Sendable {
  var kind: String
  var index: Int
  var location: SourceLocation?
  /// Whether it was mapped in this run.
  var isMapped: Bool
  /// Why it is not complete, nil where it is.
  var reason: String?
  /// The blueprints that it can make, nil where that cannot be told.
  var blueprints: Set<String>?
  /// How many entities it made.
  var mapped = 0
  /// How many entities it made, by blueprint.
  var made: [String: Int] = [:]
  var report: ResourceReport?

  /// Whether it may make entities of a blueprint.
  func canMake(_ blueprint: String) -> Bool {
    blueprints?.contains(blueprint) ?? true
  }

  /// Every resource of a config, in its order, also those that cannot run.
  static func all(
    _ config: PortAppConfig, _ reports: [ResourceReport], made: [Int: [String: Int]], kinds: Set<String>?
  ) -> [ResourceOutlook] {
    let reports = Dictionary(reports.map { ($0.index, $0) }) { first, _ in first }
    let resources = config.resources.map { resource in
      let report = reports[resource.index]
      return ResourceOutlook(
        kind: resource.kind, index: resource.index, location: resource.location, isMapped: report != nil,
        reason: report.flatMap(Self.reason), blueprints: resource.constantBlueprints,
        mapped: report?.mapped ?? 0, made: made[resource.index] ?? [:], report: report)
    }
    let leftOut = config.leftOutResources.map { resource in
      ResourceOutlook(
        kind: resource.kind ?? "", index: resource.index, location: resource.location,
        isMapped: kinds.map { $0.contains(resource.kind ?? "") } ?? true,
        reason: "it is not well-formed, and so did not run", blueprints: resource.blueprints)
    }
    return (resources + leftOut).sorted { $0.index < $1.index }
  }

  /// Why a resource is not complete: CATALOG's own conditions, and those under which an entity may be missing that the
  /// source still has.
  private static func reason(_ report: ResourceReport) -> String? {
    if !report.isComplete { return "it was not read to its end" }
    if !report.compiles { return "an expression of it does not compile" }
    if report.failed > 0 { return "\(counted(report.failed, "item")) of it failed" }
    let names = ["identifier", "blueprint"]
    let broken = report.fields.first { field in
      field.errors > 0 && names.contains { field.field == $0 || field.field.hasSuffix("].\($0)") }
    }
    return broken.map { "`\($0.field)` failed on \(counted($0.errors, "item")) of it" }
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
