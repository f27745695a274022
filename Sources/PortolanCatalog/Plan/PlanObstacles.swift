import Portolan

/// What keeps a plan from being carried out: fields that it would empty though nobody said that they are empty.
struct PlanObstacles {
  private let config: PortAppConfig
  /// Whether what a mapping does not name stays in the catalog.
  private let merges: Bool
  private let files: NamedFiles

  /// The obstacles to what `config` makes, written with `options`; `files` are the fields that name some.
  init(_ config: PortAppConfig, _ options: UpsertOptions, _ files: NamedFiles) {
    self.config = config
    self.files = files
    merges = options.merges
  }

  /// Why what was mapped cannot be written, nil where it can.
  func reason(_ reports: [ResourceReport]) -> String? {
    let reasons = [uncompiled(reports)] + reports.map(emptied) + reports.map(leftOut)
    let given = reasons.compactMap { $0 }
    return given.isEmpty ? nil : given.joined(separator: "; ")
  }

  private func uncompiled(_ reports: [ResourceReport]) -> String? {
    let broken = reports.filter { !$0.compiles }.map { "`\($0.kind)`" }
    if broken.isEmpty { return nil }
    return "expressions of \(broken.joined(separator: ", ")) do not compile, and would empty their fields"
  }

  /// A file is read by Port's Git integrations only.
  private func emptied(_ report: ResourceReport) -> String? {
    let fields = files.emptied(by: report.index)
    if fields.isEmpty { return nil }
    let names = fields.count == 1 ? "names a file, which is" : "name files, which are"
    return "\(Self.list(fields, report)) \(names) not read here, and would be emptied: \(NamedFiles.wayOut)"
  }

  /// What a mapping does not name stays where writes are merged, and is deleted where they replace.
  private func leftOut(_ report: ResourceReport) -> String? {
    let fields = merges ? [] : config.leftOutFields(ofResource: report.index)
    if fields.isEmpty { return nil }
    return
      "\(Self.list(fields, report)) \(fields.count == 1 ? "is" : "are") left out for an error, and would be "
      + "deleted, as `enableMergeEntity` is false"
  }

  private static func list(_ fields: [String], _ report: ResourceReport) -> String {
    "\(fields.map { "`\($0)`" }.joined(separator: ", ")) of `\(report.kind)`"
  }
}
