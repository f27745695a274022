import Portolan

/// Why the fields of an entity change.
struct FieldCauses {
  /// What the edit of the config did to an entity.
  enum Edit {
    /// Nothing: it was not edited, or the config that was applied last is not known.
    case none
    /// It made these fields others, and where `unnamed` all that no expression makes.
    case fields(Set<String>, unnamed: Bool)
    /// It made the entity: the config that was applied last makes none of the raw object.
    case everything
  }

  private let context: PlanContext
  private let drift: Drift
  private let edit: Edit

  init(_ context: PlanContext, drift: Drift, edit: Edit) {
    self.context = context
    self.drift = drift
    self.edit = edit
  }

  /// Why a field changes that a mapping of a resource makes. An edit of the config comes before all else.
  func cause(of field: String, _ mapping: Int, of resource: Int) -> PlanCause {
    if isByEdit(field, context.places.mapping(mapping, of: resource)?.location(of: field) == nil) {
      return PlanCause(.mapping, at: context.places.location(of: field, mapping, of: resource))
    }
    let kind = drift.kind(of: field)
    // Without the config that was applied last, an edit of it cannot be told from a change of the source.
    if case .unknown = context.previous, kind == .source { return PlanCause(.unknown) }
    return PlanCause(kind)
  }

  private func isByEdit(_ field: String, _ isUnnamed: Bool) -> Bool {
    switch edit {
    case .none: false
    case .fields(let fields, let unnamed): fields.contains(field) || unnamed && isUnnamed
    case .everything: true
    }
  }
}

/// What is known of who changed an entity since the last run.
enum Drift: Sendable {
  /// Nobody: what differs now is by the source.
  case none
  /// In the fields `changed` the mapping makes something else than the last run wrote: these are by the source, and the
  /// others by whoever changed the catalog.
  case known(changed: Set<String>)
  /// Nothing.
  case unknown

  func kind(of field: String) -> PlanCause.Kind {
    switch self {
    case .none: .source
    case .known(let changed): changed.contains(field) ? .source : .catalog
    case .unknown: .unknown
    }
  }
}

/// Why an entity is created.
struct CreationCause {
  private let context: PlanContext

  init(_ context: PlanContext) {
    self.context = context
  }

  /// - Parameters:
  ///   - item: the entity.
  ///   - before: what the config that was applied last makes of the same raw object.
  /// - Returns: nil where no config is known that was applied.
  func cause(of item: BatchWork.Item, _ before: [PreviousMapping.Made]) -> PlanCause? {
    switch context.previous {
    case .unknown: nil
    case .same: PlanCause(.source)
    case .other(let previous):
      if before.contains(where: { $0.key.isSame(as: item.key) }) {
        PlanCause(.source)
      } else {
        PlanCause(.mapping, at: place(item, before, previous))
      }
    }
  }

  /// What of the config was edited so that it makes the entity, as far as that can be told.
  private func place(
    _ item: BatchWork.Item, _ before: [PreviousMapping.Made], _ previous: PreviousMapping
  ) -> SourceLocation? {
    guard let resource = context.places.resource(item.resource) else { return nil }
    let earlier = previous.config.resources.filter { $0.kind == resource.kind }
    if earlier.isEmpty { return resource.location }
    if before.isEmpty { return resource.editedFilter(since: earlier) ?? resource.location }
    let isSameBlueprint = before.contains { $0.key.blueprint == item.key.blueprint }
    return context.places.location(
      of: isSameBlueprint ? "identifier" : "blueprint", item.mapping, of: item.resource)
  }
}

extension ResourceConfig {
  /// Where the expression is that chooses the items, if no resource of `earlier` has the same; nil where one has.
  func editedFilter(since earlier: [ResourceConfig]) -> SourceLocation? {
    if !earlier.contains(where: { $0.selector.query.text == selector.query.text }) {
      return selector.query.location
    }
    let items = itemsToParse?.expression
    if let items, !earlier.contains(where: { $0.itemsToParse?.expression.text == items.text }) {
      return items.location
    }
    return nil
  }
}
