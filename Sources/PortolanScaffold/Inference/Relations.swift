/// Finds relations: places whose values are identifiers of another kind's objects.
struct Relations {
  /// A kind's objects can be found by these texts.
  struct Target {
    var kind: String
    var blueprint: String
    var identifier: IdentifierPlan
    var texts: Set<String>

    init(kind: String, blueprint: String, _ candidate: Identifiers.Candidate) {
      self.kind = kind
      self.blueprint = blueprint
      identifier = candidate.plan
      texts = candidate.plan.path.isEmpty ? [] : Set(candidate.texts)
    }
  }

  /// How many doubtful ones a mapping mentions.
  private static let mostDoubtful = 5
  /// The share of values that must be known for a relation to be mentioned.
  private static let doubtfulShare = 0.6

  private static let roles: Set<String> = [
    "assignee", "author", "owner", "creator", "reporter", "lead", "reviewer", "requester", "user", "member",
    "person",
    "committer", "approver", "manager", "maintainer", "actor", "by",
  ]
  private static let people: Set<String> = [
    "user", "member", "person", "account", "contact", "employee", "profile",
  ]

  let targets: [Target]

  /// The relations of a kind whose objects have `references` and are identified by `own`, and those that only some
  /// values speak for.
  func find(
    _ references: [Reference], kind: String, own: Identifiers.Candidate
  ) -> (certain: [RelationPlan], doubtful: [KindPlan.DoubtfulRelation]) {
    var certain: [RelationPlan] = []
    var doubtful: [KindPlan.DoubtfulRelation] = []
    var texts: [String: [String]] = [:]
    // Short paths first: they are what a person would take.
    let ordered = references.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
    for reference in ordered where own.plan.path != reference.path || reference.isMany {
      guard let name = name(reference),
        !certain.contains(where: { $0.covers.contains { reference.path.starts(with: $0) } })
      else { continue }
      if let place = certain.firstIndex(where: { $0.name == name }) {
        if texts[name] == reference.texts { certain[place].covers.append(reference.covers) }
        continue
      }
      if let target = target(of: reference, kind: kind, own: own) {
        certain.append(relation(reference, name, target))
        texts[name] = reference.texts
      } else if let found = mostly(reference, name, kind), doubtful.count < Self.mostDoubtful {
        doubtful.append(found)
      }
    }
    return (certain, doubtful.filter { found in !certain.contains { $0.name == found.name } })
  }

  /// How many references of other kinds lead to the objects of `kind`, and are all known.
  func count(_ references: [(kind: String, Reference)], to kind: String) -> Int {
    guard let target = targets.first(where: { $0.kind == kind }) else { return 0 }
    return references.count { $0.kind != kind && isKnown($0.1, target, kind: $0.kind) }
  }

  private func target(of reference: Reference, kind: String, own: Identifiers.Candidate) -> Target? {
    let fitting = targets.filter { target in
      guard isKnown(reference, target, kind: kind) else { return false }
      // Something that says the same as the object's own identifier is no relation.
      return target.kind != kind || reference.texts != own.texts
    }
    return fitting.first { isNamed(reference, $0, kind) } ?? fitting.min { $0.texts.count < $1.texts.count }
  }

  private func isKnown(_ reference: Reference, _ target: Target, kind: String) -> Bool {
    let values = reference.values
    return !values.isEmpty && values.count <= target.texts.count && values.isSubset(of: target.texts)
      && isConvincing(values, isNamed: isNamed(reference, target, kind), reference)
  }

  /// Whether it is no accident that `values` are identifiers.
  private func isConvincing(_ values: Set<String>, isNamed: Bool, _ reference: Reference) -> Bool {
    if isNamed { return true }
    // An object's own name or title refers to nothing.
    guard !reference.isOwnName else { return false }
    let telling = values.filter { $0.allSatisfy(\.isNumber) ? $0.count >= 5 : $0.count >= 3 }
    return telling.count >= 2 || telling.contains { $0.count >= 8 || Self.isCode($0) }
  }

  /// Whether the text is made to be an identifier, as `TICK-1` is: no word, and no small number.
  private static func isCode(_ text: String) -> Bool {
    text.count >= 5 && text.contains(where: \.isNumber) && text.contains(where: \.isLetter)
  }

  /// Whether the reference is called as its target is.
  private func isNamed(_ reference: Reference, _ target: Target, _ kind: String) -> Bool {
    let words = reference.words.all.map(Noun.singular)
    let targetWords = Words(of: target.kind).all
    guard let last = words.last, let targetLast = targetWords.last else { return false }
    if words.suffix(targetWords.count).elementsEqual(targetWords) || last == targetLast { return true }
    if last == "parent" || last == "children" || last == "child" { return target.kind == kind }
    return Self.people.contains(targetLast) && Self.roles.contains(last)
  }

  private func name(_ reference: Reference) -> String? {
    let name = reference.words.camelCase
    return reference.isMany ? name.map { Noun.plural(Noun.singular($0)) } : name
  }

  private func relation(_ reference: Reference, _ name: String, _ target: Target) -> RelationPlan {
    RelationPlan(
      name: name, title: Words(of: name).title, kind: target.kind, target: target.blueprint,
      isMany: reference.isMany, expression: reference.expression(isCleaned: target.identifier.isCleaned),
      covers: [reference.covers])
  }

  private func mostly(_ reference: Reference, _ name: String, _ kind: String) -> KindPlan.DoubtfulRelation? {
    let values = reference.values
    for target in targets {
      let known = values.intersection(target.texts)
      guard known.count >= 2, Double(known.count) >= Self.doubtfulShare * Double(values.count),
        known.count < values.count,
        isConvincing(known, isNamed: isNamed(reference, target, kind), reference)
      else { continue }
      return KindPlan.DoubtfulRelation(
        name: name, target: target.blueprint,
        expression: reference.expression(isCleaned: target.identifier.isCleaned), known: known.count,
        total: values.count)
    }
    return nil
  }
}
