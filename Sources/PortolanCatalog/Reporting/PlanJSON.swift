import Portolan
import RawJSON

/// A plan as one JSON document. What looks like a secret is not in it.
struct PlanJSON {
  let summary: PlanSummary
  var filter = PlanFilter()
  /// What to do about a diagnostic where the reader is.
  var advice: (Diagnostic) -> String? = \.help

  /// The document, without the single entities.
  func render() -> [UInt8] { document + Array("\n".utf8) }

  /// Gives the document with every operation of `file`, some at a time: memory does not grow with the plan.
  func write(_ file: PlanFile, into output: ([UInt8]) throws -> Void) throws {
    var separator = "\n"
    try output(Array(document.dropLast()) + Array(", \"operations\": [".utf8))
    for action in PlannedOperation.Action.inOrderOfRisk {
      var last: Int64 = 0
      while true {
        let page = try file.operations([action], after: last)
        guard let end = page.last?.number else { break }
        last = end
        var bytes: [UInt8] = []
        for operation in page where filter.takes(operation) {
          bytes += separator.utf8
          bytes += OperationJSON.render(operation, filter)
          separator = ",\n"
        }
        if !bytes.isEmpty { try output(bytes) }
      }
    }
    try output(Array("\n]}\n".utf8))
  }

  private var document: [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("formatVersion", summary.formatVersion)
      document.add("id", text: summary.id)
      document.add("createdAt", json: "\(summary.createdAt)".utf8)
      document.add("integration", json: Self.owner(summary.owner))
      document.add("catalog", text: summary.catalog)
      if summary.isCatalogNew { document.add("newCatalog", true) }
      document.add("config", text: summary.configPath)
      if let lines = summary.editedLines { document.add("editedLines", lines) }
      document.add("settings", json: settings)
      document.add("complete", summary.isComplete)
      document.add("held", summary.total.hold > 0)
      document.add("hasChanges", summary.hasChanges)
      if let obstacle = summary.obstacle { document.add("obstacle", text: obstacle) }
      document.add("counts", json: Self.counts(summary.total))
      document.add("resources", array: summary.resources.map(Self.resource))
      document.add("blueprints", array: summary.blueprints.map(Self.blueprint))
      document.add("removals", array: summary.removals.map(removal))
      document.add("changes", array: summary.changes.map(change))
      document.add("renames", array: summary.renames.map(rename))
      document.add("renameCount", summary.renameCount)
      document.add("duplicateCount", summary.duplicateCount)
      document.add(
        "foreignKeeps",
        array: summary.foreignKeeps.map { keep in
          JSONWriter.object(.spaced) { object in
            object.add("datasource", text: ShownValue.text(keep.datasource))
            object.add("count", keep.count)
          }
        })
      document.add("setup", array: summary.setup.map(Self.step))
      document.add("diagnostics", array: summary.diagnostics.map { $0.json(advice: advice($0)) })
    }
  }
}

// MARK: Parts

extension PlanJSON {
  static func owner(_ owner: Datasource) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("type", text: owner.type)
      object.add("identifier", text: owner.identifier)
      object.add("datasource", text: "\(owner)")
    }
  }

  static func counts(_ counts: PlanCounts) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("create", counts.create)
      object.add("change", counts.change)
      object.add("delete", counts.delete)
      object.add("hold", counts.hold)
      object.add("write", counts.write)
      object.add("keep", counts.keep)
    }
  }

  private var settings: [UInt8] {
    let settings = summary.settings
    return JSONWriter.object(.spaced) { object in
      object.add("enableMergeEntity", settings.upsert.merges)
      object.add("createMissingRelatedEntities", settings.upsert.createsMissingRelated)
      object.add("deleteDependentEntities", settings.deletesDependents)
      object.add("entityDeletionThreshold", json: "\(settings.deletionThreshold)".utf8)
    }
  }

  /// The names are those of a dry run's document.
  private static func resource(_ resource: ResourceState) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("kind", text: resource.kind)
      object.add("index", resource.index)
      object.add("complete", resource.isComplete)
      if let reason = resource.reason { object.add("reason", text: ShownValue.text(reason)) }
      object.add("raw", resource.objects)
      object.add("mapped", resource.entities)
      object.add("filtered", resource.filtered)
      object.add("skipped", resource.skipped)
      object.add("failed", resource.failed)
      if let location = resource.location { object.add("location", json: location.json) }
      if let blueprints = resource.blueprints { object.add("blueprints", texts: blueprints) }
    }
  }

  private static func blueprint(_ blueprint: BlueprintCounts) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: blueprint.blueprint)
      object.add("owned", blueprint.owned)
      object.add("counts", json: counts(blueprint.counts))
      object.add("kinds", texts: blueprint.kinds)
    }
  }

  private func removal(_ group: RemovalGroup) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: group.blueprint)
      object.add("action", text: group.hold == nil ? "delete" : "hold")
      object.add("count", group.count)
      object.add("owned", group.owned)
      object.add("cause", json: group.cause.json)
      if let hold = group.hold {
        object.add("hold", text: hold.word)
        object.add("message", text: summary.wording.reason(hold))
        object.add("help", text: summary.wording.advice(hold))
      }
      object.add("examples", texts: group.examples.map(ShownValue.text))
      object.add("pointers", array: group.pointers.map(Self.pointers))
    }
  }

  private static func pointers(_ pointers: RemovalGroup.Pointers) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: pointers.blueprint)
      object.add("relation", text: pointers.relation)
      object.add("count", pointers.count)
      object.add("deleted", pointers.areDeleted)
      object.add("examples", array: pointers.examples.map(OperationJSON.key))
    }
  }

  private func change(_ group: ChangeGroup) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("blueprint", text: group.blueprint)
      object.add("field", text: group.field)
      object.add("cause", json: group.cause.json)
      object.add("count", group.count)
      object.add("owned", group.owned)
      object.add(
        "transitions",
        array: group.shownTransitions.map { transition in
          JSONWriter.object(.spaced) { object in
            object.add("before", value: transition.before, of: group.field)
            object.add("after", value: transition.after, of: group.field)
            object.add("count", transition.count)
          }
        })
      object.add("otherTransitions", group.otherTransitions)
      object.add("examples", texts: group.examples.map(ShownValue.text))
    }
  }

  private func rename(_ rename: Rename) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("from", json: OperationJSON.key(rename.from))
      object.add("to", json: OperationJSON.key(rename.to))
      if let identity = rename.rawIdentity { object.add("rawIdentity", value: identity, of: "") }
      object.add("cause", json: rename.cause.json)
    }
  }

  private static func step(_ step: SetupStep) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("action", text: step.action.rawValue)
      object.add("subject", text: step.subject.rawValue)
      object.add("identifier", text: step.identifier)
      if let blueprint = step.blueprint { object.add("blueprint", text: blueprint) }
      object.add(
        "differences",
        array: step.differences.map { difference in
          JSONWriter.object(.spaced) { object in
            object.add("path", text: difference.path)
            object.add("before", value: difference.before, of: "")
            object.add("after", value: difference.after, of: "")
          }
        })
    }
  }
}

extension JSONWriter {
  /// Adds an array of strings.
  mutating func add(_ key: String, texts: [String]) {
    self.key(key)
    array { writer in
      for text in texts { writer.text(text) }
    }
  }

  /// Adds the value of an entity's field as it may be seen; null where there is none.
  mutating func add(_ key: String, value: String?, of field: String) {
    let json = value.map { ShownValue.json($0, of: field) } ?? "null"
    // What came from elsewhere may be no JSON, and the document is to be some.
    let isJSON = (try? JSONView(validating: Array(json.utf8))) != nil
    add(key, json: (isJSON ? json : JSONText.quoted(json)).utf8)
  }
}

extension SourceLocation {
  var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("file", text: file)
      object.add("line", line)
      object.add("column", column)
    }
  }
}
