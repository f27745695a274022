import Portolan
import RawJSON

/// Every entity of a plan with its fields, some at a time: memory does not grow with the plan.
struct OperationText {
  let style: Style
  let wording: PlanWording
  var filter = PlanFilter()

  /// Gives the text of the operations of `file`, some at a time.
  func write(_ file: PlanFile, into output: (String) throws -> Void) throws {
    var isFirst = true
    for action in PlannedOperation.Action.inOrderOfRisk {
      var last: Int64 = 0
      while true {
        let page = try file.operations([action], after: last)
        guard let end = page.last?.number else { break }
        last = end
        let lines = page.filter(filter.takes).flatMap(lines)
        if !lines.isEmpty { try output(lines.joined(separator: "\n") + "\n") }
        isFirst = isFirst && lines.isEmpty
      }
    }
    if !isFirst { try output("\n") }
  }

  /// The lines of one operation.
  func lines(_ operation: PlannedOperation) -> [String] {
    let name = TextColumns.fitted(
      "\(operation.key.blueprint) \(ShownValue.text(operation.key.identifier))", to: max(20, style.width - 4))
    switch operation.action {
    case .create: return [style.green("  + \(name)")] + made(operation) + fields(operation.after)
    case .write: return [style.yellow("  ~ \(name)")] + made(operation) + fields(operation.after)
    case .change: return [style.yellow("  ~ \(name)")] + made(operation) + changes(operation)
    case .delete:
      return [style.red("  − \(name)")] + note(operation.cause.map(wording.removal)) + related(operation)
    case .hold:
      return [style.yellow("  ! \(name)")] + note(operation.hold.map(wording.reason)) + related(operation)
    }
  }

  private func changes(_ operation: PlannedOperation) -> [String] {
    operation.changes.filter { filter.takes(field: $0.field) }.flatMap { change in
      let text = ChangeText(style: style).transition(
        change.before, change.after, change.field, room: max(30, style.width - 6))
      let cause = change.cause.location.map { "\($0)" } ?? wording.change(change.cause)
      return [
        "      " + text, "        " + style.dim(TextColumns.fitted(cause, to: max(20, style.width - 8))),
      ]
    }
  }

  private func fields(_ json: [UInt8]?) -> [String] {
    guard let json else { return [] }
    return EntityFields.of(json).filter { filter.takes(field: $0.field) && $0.json != "null" }.map { field in
      let name = TextColumns.fitted(field.field, to: max(16, style.width / 2))
      let room = max(12, style.width - 8 - TextColumns.displayWidth(name))
      return
        "      \(name): \(style.green(ChangeText(style: style).value(field.json, of: field.field, room)))"
    }
  }

  private func made(_ operation: PlannedOperation) -> [String] {
    note(
      operation.origin.map { origin in
        let place = origin.location.map { " at \($0)" } ?? ""
        let identity = origin.rawIdentity.map { " \(ShownValue.json($0))" } ?? ""
        return "of the \(origin.kind)\(identity)\(place)"
      }) + note(operation.counterpart.map { "was \($0)" })
      + note(operation.foreignDatasource.map { "is now written by \($0), and is taken over" })
  }

  private func related(_ operation: PlannedOperation) -> [String] {
    guard operation.dependentCount > 0 else { return [] }
    let names = PlanText.names(
      operation.dependents.map(\.source.description), of: operation.dependentCount,
      room: max(20, style.width - 20))
    return ["      relate to it: \(names)"]
  }

  private func note(_ text: String?) -> [String] {
    text.map { ["      " + style.dim(TextColumns.fitted($0, to: max(20, style.width - 6)))] } ?? []
  }
}

extension PlannedOperation.Action {
  /// What can do harm first.
  static let inOrderOfRisk: [Self] = [.delete, .hold, .change, .create, .write]
}

/// An entity's fields by their places.
enum EntityFields {
  /// `title`, `team`, `properties.url`, `relations.owner`, in the entity's order, with their JSON.
  static func of(_ json: [UInt8]) -> [(field: String, json: String)] {
    guard let members = JSONView(valid: json).members else { return [] }
    return members.flatMap { key, value -> [(field: String, json: String)] in
      switch key {
      case "identifier", "blueprint": []
      case "properties", "relations": (value.members ?? []).map { ("\(key).\($0.key)", $0.value.json) }
      default: [(key, value.json)]
      }
    }
  }
}
