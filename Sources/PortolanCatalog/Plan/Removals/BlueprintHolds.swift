import Portolan

/// Which blueprints' entities are not deleted, however many of them nobody made: the first rule that holds them counts.
///
/// 1. The config has no resource.
/// 2. A resource that can make them, in the config's order, was not mapped, or is not complete.
/// 3. Only some kinds were mapped, and none of their resources makes them.
/// 4. A resource that can make them, in the config's order, made no entity at all, although there are ten or more. That
///    others make some too does not matter: which of them were this one's is not known.
struct BlueprintHolds: Sendable {
  /// How many entities of a blueprint may be gone at once because a resource gave nothing.
  static let emptyLimit = 10

  let resources: [ResourceOutlook]
  let owned: [String: Int]
  let kinds: Set<String>?
  let allowedEmpty: Set<String>

  /// Why the entities of a blueprint are not deleted, nil where these rules let them go.
  func reason(_ blueprint: String) -> HoldReason? {
    guard !resources.isEmpty else {
      return .incomplete(kind: "", resource: 0, why: "the config has no resources")
    }
    let makers = resources.filter { $0.canMake(blueprint) }
    for maker in makers {
      guard let why = maker.isMapped ? maker.reason : notMapped else { continue }
      return .incomplete(kind: maker.kind, resource: maker.index, why: why)
    }
    if kinds != nil, makers.isEmpty { return .incomplete(kind: "", resource: 0, why: notMapped) }
    return empty(blueprint, makers)
  }

  private func empty(_ blueprint: String, _ makers: [ResourceOutlook]) -> HoldReason? {
    let owned = owned[blueprint] ?? 0
    guard owned >= Self.emptyLimit else { return nil }
    let empty = makers.first { $0.isMapped && $0.mapped == 0 && !allowedEmpty.contains($0.kind) }
    return empty.map {
      .empty(kind: $0.kind, resource: $0.index, owned: owned, objects: $0.report?.raw ?? 0)
    }
  }

  private var notMapped: String {
    let kinds = (kinds ?? []).sorted()
    return "only the kind\(kinds.count == 1 ? "" : "s") \(kinds.map { "`\($0)`" }.joined(separator: ", ")) "
      + "\(kinds.count == 1 ? "was" : "were") mapped"
  }
}
