import JQ

/// How a kind of raw objects is asked for, by its fetcher's definition alone: nothing is sent.
package struct FetchExplanation: Sendable {
  /// Whose kind it is.
  package let integration: String
  /// The fetcher.
  package let definition: FetcherDefinition
  /// The kind.
  package let kind: FetcherDefinition.Kind
  /// What must be asked for first: the kind's parent, the parent's parent and so on.
  package let parents: [FetcherDefinition.Kind]

  /// Explains the kind `name`; nil where the definition has none of that name.
  package init?(_ name: String, of definition: FetcherDefinition, integration: String) {
    guard let kind = definition.kind(named: name) else { return nil }
    self.integration = integration
    self.definition = definition
    self.kind = kind
    var parents: [FetcherDefinition.Kind] = []
    // A definition has no circles.
    while case .kind(let name, _, _)? = (parents.last ?? kind).parent?.source,
      let parent = definition.kind(named: name)
    {
      parents.append(parent)
    }
    self.parents = parents
  }

  /// The method and the URL of a list's first request, with what is put into it.
  package func requestLine(_ list: FetcherDefinition.List) -> String {
    let path = list.path.source
    let isURL = path.hasPrefix("http://") || path.hasPrefix("https://") || path.hasPrefix("{{")
    return "\(list.method) \(isURL ? path : definition.baseURL.source + path)"
  }

  /// How the parent of an event's object is found: jq, or the request.
  package func phrase(_ parent: FetcherDefinition.Event.Parent) -> String {
    switch parent {
    case .value(let expression): expression.text
    case .request(let list): requestLine(list)
    }
  }

  /// What a list's first request says, in the order: headers, query, body or form.
  package func parameters(of list: FetcherDefinition.List) -> [Parameter] {
    (definition.headers + list.headers).map { parameter(.header, $0.name, $0.value) }
      + list.query.map { parameter(.query, $0.name, $0.value) }
      + (list.body.map { body($0, "") } ?? []) + list.form.map { parameter(.form, $0.name, $0.value) }
  }

  /// Something that a request says.
  package struct Parameter: Sendable {
    /// Where a request says it.
    package enum Place: String, Sendable {
      case header, query, body, form
    }

    /// Where it is said.
    package let place: Place
    /// Its name, in a body the path to it: `filter.states[0]`.
    package let name: String
    /// What it is: a template, or JSON.
    package let value: String
    /// Where what is put into it comes from, in words; nil for what is always the same.
    package let origin: String?
  }

  private func parameter(_ place: Parameter.Place, _ name: String, _ value: Template) -> Parameter {
    Parameter(place: place, name: name, value: value.source, origin: origin(value))
  }

  /// The YAML reader limits how deep values nest.
  private func body(_ body: BodyTemplate, _ path: String) -> [Parameter] {
    switch body {
    case .constant(let json): [Parameter(place: .body, name: path, value: json, origin: nil)]
    case .template(let template): [parameter(.body, path, template)]
    case .list(let elements): elements.enumerated().flatMap { self.body($1, "\(path)[\($0)]") }
    case .object(let members):
      members.flatMap { self.body($0.value, path.isEmpty ? $0.key : "\(path).\($0.key)") }
    }
  }

  /// Where the values come from that a template puts together: `setting, default "open"`.
  private func origin(_ template: Template) -> String? {
    let programs = template.expressions.compactMap(\.expression.program)
    let settings = programs.flatMap { ContextReads(.selector, in: $0).members }.compactMap { member in
      kind.settings.first { $0.name == member.name }
    }
    let names = Set(programs.flatMap(FetcherExpression.contextNames).map(\.name))
    let others = [
      (FetcherContext.config, "configuration"), (.parent, "of each \(parentName)"), (.kind, "the kind"),
    ].filter { names.contains($0.0.rawValue) }.map(\.1)
    let words = settings.map { "setting, " + $0.standard } + others
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  /// What the kind is asked once for, in a word.
  package var parentName: String {
    if case .kind(let name, _, _)? = kind.parent?.source { name } else { "value" }
  }
}

extension SelectorSetting {
  /// What it is where a selector does not say it: `required`, `default 3` or `no default`.
  package var standard: String {
    isRequired ? "required" : defaultJSON.map { "default \($0)" } ?? "no default"
  }
}
