// What makes a list where no file does: each part with as little in it as there can be.

extension FetcherDefinition.List {
  /// A list on one page, whose objects are the body of the answer.
  package init(method: String, path: Template) {
    self.init(
      method: method, path: path, query: [], headers: [], form: [], paging: FetcherDefinition.Paging(.none),
      added: [],
      joins: [])
  }
}

extension FetcherDefinition.Paging {
  /// Paging of that style, by query parameters, with what is usual.
  package init(_ style: Style) {
    self.init(style: style, place: .query)
  }
}

extension FetcherDefinition.Field {
  /// A field.
  package init(_ name: String, _ value: Template) {
    self.init(name: name, value: value)
  }
}

extension FetcherDefinition.Added {
  /// A value under a key.
  package init(_ key: String, _ value: ConfigExpression) {
    self.init(key: key, value: value)
  }
}
