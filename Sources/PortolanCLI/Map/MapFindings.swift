import Portolan

/// What is to be said of a mapping's reports: each thing once, and nothing that follows from another.
struct MapFindings {
  /// What was found of the objects.
  private(set) var diagnostics: [Diagnostic] = []
  /// The kinds whose objects are pages: whatever failed on them says nothing of the mapping.
  let pageKinds: Set<String>

  /// What `reports` of `mapping` say. Resources of one kind read the same input.
  init(_ reports: [ResourceReport], _ mapping: CompiledMapping) {
    let losses = reports.map { mapping.losses(in: $0) }
    pageKinds = Set(
      zip(reports, losses).filter { $1.contains { $0.rule == .pageNotCut } }.map { $0.0.kind })
    var seen: Set<Diagnostic> = []
    for (report, losses) in zip(reports, losses) {
      let isPages = pageKinds.contains(report.kind) && report.mapped == 0
      let own = report.diagnostics.filter { !Self.follows($0, report, isPages: isPages) }
      let found = own + (isPages ? losses.filter { $0.rule == .pageNotCut } : losses)
      diagnostics += found.filter { seen.insert($0).inserted }
    }
  }

  /// Whether a loss says it: that the objects are pages, or that none of them has a list of items.
  private static func follows(_ found: Diagnostic, _ report: ResourceReport, isPages: Bool) -> Bool {
    switch found.rule {
    case .unparsedItems: isPages || report.loss == .unparsed
    case .selectorFailed: isPages
    default: false
    }
  }
}
