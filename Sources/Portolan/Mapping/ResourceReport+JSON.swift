import RawJSON

extension ResourceReport {
  /// Adds to a JSON object which resource it is and what its objects came to, in numbers.
  package func addCounts(to object: inout JSONWriter) {
    object.add("kind", text: kind)
    object.add("index", index)
    if !isComplete { object.add("complete", false) }
    object.add("raw", raw)
    object.add("unparsed", unparsed)
    object.add("items", items)
    object.add("mapped", mapped)
    object.add("filtered", filtered)
    object.add("skipped", skipped)
    object.add("failed", failed)
  }
}

extension FieldReport {
  /// The field as a JSON object.
  package var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("field", text: field)
      object.add("expression", text: expression)
      object.add("nulls", nulls)
      object.add("errors", errors)
      if let message { object.add("message", text: message) }
    }
  }
}

extension MissingField {
  /// The field as a JSON object.
  package var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("field", text: field)
      object.add("expression", text: expression)
      object.add("skipped", count)
    }
  }
}
