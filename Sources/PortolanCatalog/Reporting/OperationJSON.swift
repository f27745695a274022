import Portolan
import RawJSON

/// What a plan says of one entity, as JSON.
enum OperationJSON {
  static func render(_ operation: PlannedOperation, _ filter: PlanFilter) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("action", text: operation.action.rawValue)
      object.add("blueprint", text: operation.key.blueprint)
      object.add("identifier", text: ShownValue.text(operation.key.identifier))
      if let cause = operation.cause { object.add("cause", json: cause.json) }
      if let hold = operation.hold { object.add("hold", text: hold.word) }
      if let after = operation.after, operation.action != .change {
        object.add("entity", json: ShownValue.json(String(decoding: after, as: UTF8.self)).utf8)
      }
      if operation.action == .change {
        object.add(
          "changes", array: operation.changes.filter { filter.takes(field: $0.field) }.map(change))
      }
      if let origin = operation.origin { object.add("origin", json: Self.origin(origin)) }
      if let counterpart = operation.counterpart { object.add("counterpart", json: key(counterpart)) }
      if let other = operation.foreignDatasource { object.add("takenFrom", text: other) }
      if operation.dependentCount > 0 {
        object.add("dependentCount", operation.dependentCount)
        object.add("dependents", array: operation.dependents.map { key($0.source) })
      }
    }
  }

  private static func change(_ change: FieldChange) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("field", text: change.field)
      object.add("before", value: change.before, of: change.field)
      object.add("after", value: change.after, of: change.field)
      object.add("cause", json: change.cause.json)
    }
  }

  static func key(_ key: EntityKey) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: key.blueprint)
      object.add("identifier", text: ShownValue.text(key.identifier))
    }
  }

  static func origin(_ origin: EntityOrigin) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("kind", text: origin.kind)
      object.add("resource", origin.resource)
      object.add("mapping", origin.mapping)
      if let location = origin.location { object.add("location", json: location.json) }
      object.add("rawHash", text: origin.rawHash)
      if let identity = origin.rawIdentity { object.add("rawIdentity", value: identity, of: "") }
    }
  }
}

extension PlanCause {
  var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("kind", text: kind.rawValue)
      if let location { object.add("location", json: location.json) }
    }
  }
}
