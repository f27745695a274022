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
      report.addCounts(to: &object)
      object.add("entities", array: entities.map(\.json))
      object.add("fields", array: report.fields.map(\.json))
    }
  }
}
