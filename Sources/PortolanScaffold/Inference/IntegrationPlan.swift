import RawJSON

/// What becomes of several kinds' objects, and how they are related.
struct IntegrationPlan: Sendable {
  var name: IntegrationName
  var kinds: [KindPlan]
  /// What the fetcher signs requests with.
  var access: Access

  /// Infers the plan of `samples`.
  init(_ name: IntegrationName, _ samples: [KindSamples], access: Access = Access()) {
    self.name = name
    self.access = access
    let drafts = Self.drafts(name, samples)
    let relations = Relations(targets: Self.targets(drafts))
    kinds = drafts.map { Self.plan($0, relations, name) }
  }

  /// A kind on the way to its plan.
  private struct Draft {
    var samples: KindSamples
    var blueprint: String
    var shape: Shape
    var references: [Reference]
    var candidates: [Identifiers.Candidate]
    var identifier: Identifiers.Candidate
  }

  private static func drafts(_ name: IntegrationName, _ samples: [KindSamples]) -> [Draft] {
    var taken: Set<String> = []
    var drafts = samples.compactMap { samples -> Draft? in
      let shape = Shape(samples.objects, places: samples.objects.count)
      let candidates = Identifiers(samples, shape).candidates()
      guard let first = candidates.first else { return nil }
      var blueprint = name.camelCase + (Words(of: samples.name).pascalCase ?? "Object")
      while !taken.insert(blueprint).inserted { blueprint += "2" }
      return Draft(
        samples: samples, blueprint: blueprint, shape: shape,
        references: Reference.all(in: shape, samples.notes),
        candidates: candidates, identifier: first)
    }
    for place in drafts.indices { chooseReferred(place, &drafts) }
    return drafts
  }

  /// Takes the key that other kinds name the objects by, where the best one is not that.
  private static func chooseReferred(_ place: Int, _ drafts: inout [Draft]) {
    let references = drafts.flatMap { draft in draft.references.map { (kind: draft.samples.name, $0) } }
    let kind = drafts[place].samples.name
    for candidate in drafts[place].candidates {
      let target = Relations.Target(kind: kind, blueprint: drafts[place].blueprint, candidate)
      guard Relations(targets: [target]).count(references, to: kind) > 0 else { continue }
      drafts[place].identifier = candidate
      return
    }
  }

  private static func targets(_ drafts: [Draft]) -> [Relations.Target] {
    drafts.map { Relations.Target(kind: $0.samples.name, blueprint: $0.blueprint, $0.identifier) }
  }

  private static func plan(_ draft: Draft, _ relations: Relations, _ name: IntegrationName) -> KindPlan {
    let samples = draft.samples
    let kind = Words(of: samples.name)
    let identifier = draft.identifier.plan
    let title = Titles(samples, draft.shape).find(identifier)
    let found = relations.find(draft.references, kind: samples.name, own: draft.identifier)
    var properties = Properties(
      samples, draft.shape,
      title: title.path,
      covered: [identifier.path, title.path].filter { !$0.isEmpty } + found.certain.flatMap(\.covers),
      names: found.certain.map(\.name))
    var plan = KindPlan(
      kind: samples.name, blueprint: draft.blueprint, title: name.title + " " + kind.capitalized,
      icon: Icons.icon(system: name.text, kind: kind), identifier: identifier,
      titleExpression: title.expression,
      request: samples.request, count: samples.objects.count)
    plan.properties = properties.find()
    plan.relations = found.certain
    plan.doubtful = found.doubtful
    plan.leftOut = properties.leftOut
    return plan
  }
}
