import RawJSON

extension ItemExplanation {
  /// The explanation as a JSON object.
  ///
  /// - Parameter integration: whose item it is, where there are several.
  /// - Returns: the object, UTF-8.
  public func json(integration: String? = nil) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      if let integration { object.add("integration", text: integration) }
      object.add("kind", text: kind)
      object.add("resource", text: location.description)
      if let origin { object.add("object", text: origin.description) }
      if let number { object.add("item", number) }
      object.add("items", total)
      if let list { object.add("itemsToParse", json: list.json) }
      if let selector { object.add("selector", json: selector.json) }
      object.add("verdict", text: verdict.name)
      if let message = verdict.message { object.add("message", text: message) }
      object.add("fields", array: fields.map(\.json))
      object.add("entities", array: entities.map(\.json))
    }
  }

  /// The entities that the item becomes.
  public var entities: [Entity] {
    results.compactMap { if case .entity(let entity) = $0 { entity } else { nil } }
  }
}

extension ItemExplanation.Verdict {
  /// `kept`, `filtered`, `failed`, `no-item` or `invalid`.
  fileprivate var name: String {
    switch self {
    case .kept: "kept"
    case .filtered: "filtered"
    case .failed: "failed"
    case .noItem: "no-item"
    case .invalid: "invalid"
    }
  }

  fileprivate var message: String? {
    switch self {
    case .kept, .filtered, .noItem: nil
    case .failed(let message): message
    case .invalid(let diagnostic): diagnostic.message
    }
  }
}

extension ListExplanation {
  fileprivate var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      expression.write(into: &object)
      if let count { object.add("count", count) }
      if let place { object.add("place", place) }
      object.add("name", text: name)
      if let removed { object.add("removed", text: removed) }
    }
  }
}

extension ExpressionExplanation {
  fileprivate var json: [UInt8] {
    JSONWriter.object(.spaced, write)
  }

  fileprivate func write(into object: inout JSONWriter) {
    object.add("field", text: field)
    object.add("location", text: location.description)
    object.add("expression", text: expression)
    object.add("strategy", text: strategy.rawValue)
    switch outcome {
    case .value(let json): object.add("value", json: json.utf8)
    case .nothing: object.add("value", json: "null".utf8)
    case .failure(let message, let place):
      object.add("error", text: message)
      object.add("errorLocation", text: place.description)
    case .rejected(let diagnostic):
      object.add("error", text: diagnostic.message)
      if let place = diagnostic.location { object.add("errorLocation", text: place.description) }
    }
    object.add("reads", array: reads.map(\.json))
    if !steps.isEmpty { object.add("steps", array: steps.map(\.json)) }
  }
}

extension ReadValue {
  fileprivate var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("path", text: path)
      switch finding {
      case .value(let json): object.add("value", json: json.utf8)
      case .kind(let kind): object.add("type", text: kind.rawValue)
      case .missing(let nearest):
        object.add("missing", true)
        if let nearest { object.add("nearest", text: nearest) }
      case .more(let count): object.add("more", count)
      }
    }
  }
}

extension ExpressionStep {
  fileprivate var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("depth", depth)
      if !role.isEmpty { object.add("role", text: role) }
      object.add("text", text: text)
      object.add("location", text: location.description)
      object.add("outputs", array: outputs.map { Array($0.utf8) })
      if hasMore { object.add("more", true) }
      if let failure { object.add("error", text: failure) }
    }
  }
}
