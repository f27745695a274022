extension CompiledMapping {
  /// Maps one raw object by all of the config's resources of its kind, on this thread: what a webhook does.
  ///
  /// ```swift
  /// let object = Array(#"{"key": "PORT-1"}"#.utf8)
  /// for entity in mapping.map(object: object, kind: "issue") { print(entity.identifier) }
  /// ```
  ///
  /// It costs microseconds: nothing is compiled again, and nothing is read but the object.
  /// - Parameters:
  ///   - object: a JSON object, UTF-8.
  ///   - kind: its kind.
  /// - Returns: the entities, in the config's order; ``EntityBatch/unmapped`` says why there is none.
  public func map(object: [UInt8], kind: String) -> EntityBatch {
    map(RawPage(object, objectsAt: .object), kind: kind)
  }

  /// Maps a page by those resources that ask a fetcher for the same.
  ///
  /// - Parameters:
  ///   - page: the raw objects.
  ///   - request: what they were asked for with.
  /// - Returns: the entities; none where no resource asks for that.
  package func map(_ page: RawPage, for request: FetchRequest) -> EntityBatch {
    let places = groups.first { $0.request == request }?.places ?? []
    return map(page, places, kind: request.kind, keepsLosses: true, into: []).batch
  }

  /// What its resources of a kind ask a fetcher for, each once.
  package func requests(ofKind kind: String) -> [FetchRequest] {
    groups.map(\.request).filter { $0.kind == kind }
  }
}

extension PortAppConfig {
  /// The same config with selectors that keep every object: it tells what an object was that is not selected any more.
  package var selectingAll: PortAppConfig {
    var config = self
    for place in config.resources.indices {
      let query = config.resources[place].selector.query
      config.resources[place].selector.query = ConfigExpression(text: "true", at: query.location)
    }
    return config
  }
}
