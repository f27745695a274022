import RawJSON

extension FetchExplanation {
  /// The explanation as a JSON object, UTF-8.
  package var json: [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("integration", text: integration)
      object.add("kind", text: kind.name)
      if let description = kind.description { object.add("description", text: description) }
      object.add("location", text: kind.location.description)
      object.add("authentication", array: definition.authentications.map { Self.quoted($0.phrase) })
      add(kind.list, to: &object)
      if let parent = kind.parent { object.add("forEach", text: parent.phrase) }
      object.add("parents", array: parents.map(json))
      object.add("add", json: Self.json(kind.list.added))
      object.add("join", array: kind.list.joins.map(json))
      if let event = kind.event { object.add("event", json: json(event)) }
      object.add("selector", array: kind.settings.map(Self.json))
    }
  }

  private func add(_ list: FetcherDefinition.List, to object: inout JSONWriter) {
    object.add("request", text: requestLine(list))
    object.add(
      "parameters",
      array: parameters(of: list).map { parameter in
        JSONWriter.object(.spaced) { object in
          object.add("in", text: parameter.place.rawValue)
          object.add("name", text: parameter.name)
          object.add("value", text: parameter.value)
          if let origin = parameter.origin { object.add("from", text: origin) }
        }
      })
    object.add("paging", array: list.paging.phrases.map(Self.quoted))
    let conditions = [
      ("items", list.items), ("none", list.none), ("error", list.error), ("retry", list.retry),
    ]
    for case (let key, let expression?) in conditions { object.add(key, text: expression.text) }
  }

  private func json(_ parent: FetcherDefinition.Kind) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("kind", text: parent.name)
      object.add("request", text: requestLine(parent.list))
      if let parent = parent.parent { object.add("forEach", text: parent.phrase) }
    }
  }

  private func json(_ join: FetcherDefinition.Join) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("key", text: join.key)
      if let condition = join.condition { object.add("when", text: condition.text) }
      add(join.list, to: &object)
    }
  }

  private func json(_ event: FetcherDefinition.Event) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      let texts = [
        ("when", event.condition?.text), ("objects", event.objects.text), ("key", event.key.text),
        ("deleted", event.deleted?.text), ("parent", event.parent.map(phrase)), ("keep", event.keep?.text),
      ]
      for case (let key, let text?) in texts { object.add(key, text: text) }
      if let request = event.request { add(request, to: &object) }
    }
  }

  private static func json(_ added: [FetcherDefinition.Added]) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      for added in added { object.add(added.key, text: added.value.text) }
    }
  }

  private static func json(_ setting: SelectorSetting) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("name", text: setting.name)
      object.add("type", text: setting.kind.rawValue)
      if let json = setting.defaultJSON { object.add("default", json: json.utf8) }
      if let description = setting.description { object.add("description", text: description) }
      if !setting.values.isEmpty { object.add("values", array: setting.values.map(quoted)) }
      object.add("required", setting.isRequired)
    }
  }

  private static func quoted(_ text: String) -> [UInt8] { Array(JSONText.quoted(text).utf8) }
}
