import RawJSON

/// A blueprint as the files say it, and the forms that it has on its way into a catalog.
///
/// Blueprints relate to each other in any order, and what they calculate reads through relations. So all of them are
/// made bare first, then get their relations, then all the rest.
struct BlueprintDocument {
  /// The members that speak of other blueprints.
  private static let relationMembers = ["relations", "ownership"]
  /// The members that read through relations.
  private static let dependentMembers = [
    "mirrorProperties", "calculationProperties", "aggregationProperties", "teamInheritance",
  ]

  let identifier: String
  /// The whole document.
  let json: [UInt8]
  private let view: JSONView

  init(_ json: [UInt8]) {
    self.json = json
    view = JSONView(valid: json)
    identifier = view["identifier"]?.text ?? ""
  }

  /// Port's own blueprints are there already, and nobody else makes them.
  var isPortsOwn: Bool { identifier.hasPrefix("_") }

  /// The document without anything that speaks of other blueprints.
  var bare: [UInt8] { members { !(Self.relationMembers + Self.dependentMembers).contains($0) } }

  /// The relations alone; nil where there are none.
  var relations: [UInt8]? { hasAny(Self.relationMembers) ? members(Self.relationMembers.contains) : nil }

  /// Whether anything is left to be written after the bare form.
  var isMoreThanBare: Bool { hasAny(Self.relationMembers + Self.dependentMembers) }

  /// What takes the relations out again, so that the blueprint can be deleted.
  static let unrelated = JSONWriter.object { blueprint in
    for name in ["relations", "mirrorProperties", "calculationProperties", "aggregationProperties"] {
      blueprint.add(name, json: Array("{}".utf8))
    }
  }

  private func members(_ isKept: (String) -> Bool) -> [UInt8] {
    JSONWriter.object { blueprint in
      for (name, value) in view.members ?? [] where isKept(name) {
        blueprint.key(name)
        blueprint.value(value)
      }
    }
  }

  private func hasAny(_ names: [String]) -> Bool { names.contains { !Self.isNothing(view[$0]) } }

  /// Whether a value says no more than if it were not there.
  private static func isNothing(_ value: JSONView?) -> Bool {
    guard let value else { return true }
    return value.kind == .null || value.members?.isEmpty ?? value.elements?.isEmpty ?? false
  }
}

// MARK: Compared with a catalog's

extension BlueprintDocument {
  /// What the files name and the catalog has otherwise.
  func differences(from stored: [UInt8]) -> [SetupStep.Difference] {
    Self.differences(JSONView(valid: stored), view, "")
  }

  /// Whether the catalog's is what a run that was cut off leaves: the bare form, or the one with relations.
  func isUnfinished(_ stored: [UInt8]) -> Bool {
    isBare(stored)
      || isForm(stored, without: Self.dependentMembers)
  }

  /// Whether the catalog's is the bare form.
  func isBare(_ stored: [UInt8]) -> Bool {
    isForm(stored, without: Self.relationMembers + Self.dependentMembers)
  }

  private func isForm(_ stored: [UInt8], without names: [String]) -> Bool {
    let view = JSONView(valid: stored)
    let rest = BlueprintDocument(members { !names.contains($0) })
    return names.allSatisfy { Self.isNothing(view[$0]) } && rest.differences(from: stored).isEmpty
  }

  /// The members to change, with all that the catalog has besides: a change of a schema takes no property away that
  /// somebody else added.
  func merged(over stored: [UInt8]) -> [UInt8] {
    let stored = JSONView(valid: stored)
    return JSONWriter.object { blueprint in
      for (name, value) in view.members ?? [] {
        blueprint.key(name)
        Self.merge(value, over: stored[name], into: &blueprint)
      }
    }
  }

  private static func merge(_ new: JSONView, over old: JSONView?, into writer: inout JSONWriter) {
    guard let members = new.members, let before = old?.members else { return writer.value(new) }
    writer.object { object in
      for (name, value) in before where new[name] == nil {
        object.key(name)
        object.value(value)
      }
      for (name, value) in members {
        object.key(name)
        merge(value, over: old?[name], into: &object)
      }
    }
  }

  private static func differences(
    _ stored: JSONView?, _ named: JSONView, _ path: String
  ) -> [SetupStep.Difference] {
    if let members = named.members, stored?.kind == .object {
      return members.flatMap { name, value in
        differences(stored?[name], value, path.isEmpty ? name : "\(path).\(name)")
      }
    }
    if isNothing(stored), isNothing(named) { return [] }
    if let stored, JSONEquality.areEqual(stored, named, numbers: .decimals) { return [] }
    return [SetupStep.Difference(path, before: stored?.json, after: named.json)]
  }
}
