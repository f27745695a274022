import Portolan

/// What a mapping lost of a resource's raw objects: what the catalog has that was made of them is not desired any more.
struct MappingLosses {
  private let mapping: CompiledMapping

  private var config: PortAppConfig { mapping.config }

  init(_ mapping: CompiledMapping) {
    self.mapping = mapping
  }

  /// What there is to say of each resource: what went wrong with single objects, and what was lost of all.
  func diagnostics(_ reports: [ResourceReport]) -> [Diagnostic] {
    reports.flatMap { report in
      let losses = mapping.losses(in: report)
      // A list that is none of any object is said once.
      let ofObjects = report.diagnostics.filter {
        $0.rule != .unparsedItems || !losses.contains { $0.field == "itemsToParse" }
      }
      return ofObjects + losses
        + (losses.contains(where: \.saysAll) ? [] : [skipped(report)].compactMap { $0 })
    }
  }

  /// What is lost because items have no identifier: the catalog's entity that was made of one before is not desired.
  private func skipped(_ report: ResourceReport) -> Diagnostic? {
    guard report.skipped > 0, let resource = config.resource(at: report.index) else { return nil }
    let items = report.skipped == 1 ? "1 item" : "\(report.skipped.grouped) items"
    let place = ConfigPlaces(config).place(of: "identifier", 0, of: report.index)
    return Diagnostic(
      .warning, .skippedItems,
      "\(items) of kind `\(report.kind)` made no entity, for want of an identifier or a blueprint",
      help: "map an identifier that every item has, or leave these out by the selector",
      at: place?.start ?? resource.location, to: place?.end)
  }
}

extension Diagnostic {
  /// Whether it says why none of the objects became an entity.
  fileprivate var saysAll: Bool { rule == .noEntities || rule == .pageNotCut }
}

extension Diagnostic.Rule {
  /// Items without an identifier or a blueprint.
  static let skippedItems = Self("skipped-items")
}
