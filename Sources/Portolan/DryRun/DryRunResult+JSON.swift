import RawJSON

extension DryRunResult.Resource {
  /// The resource as a JSON object: counts, entities and fields, and `"complete": false` where its source did not
  /// give all that it has.
  ///
  /// - Parameter integration: whose resource it is, where several integrations are in one document.
  /// - Returns: the object, UTF-8.
  public func json(integration: String? = nil) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      if let integration { object.add("integration", text: integration) }
      object.add("kind", text: report.kind)
      object.add("index", report.index)
      if !report.isComplete { object.add("complete", false) }
      object.add("raw", report.raw)
      object.add("unparsed", report.unparsed)
      object.add("items", report.items)
      object.add("mapped", report.mapped)
      object.add("filtered", report.filtered)
      object.add("skipped", report.skipped)
      object.add("failed", report.failed)
      object.add("entities", array: entities.map(\.json))
      object.add("fields", array: report.fields.map(\.json))
    }
  }
}

extension FieldReport {
  /// The field as a JSON object.
  fileprivate var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("field", text: field)
      object.add("expression", text: expression)
      object.add("nulls", nulls)
      object.add("errors", errors)
      if let message { object.add("message", text: message) }
    }
  }
}
