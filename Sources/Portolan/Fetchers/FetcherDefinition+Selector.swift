import RawJSON
import YAMLTree

extension FetcherDefinition.Kind {
  /// The settings of a selector, with the defaults of those that it does not have.
  ///
  /// - Throws: `Diagnostic` for a value that a setting cannot have, or a required one that is missing.
  package func settings(of selector: [UInt8]) throws(Diagnostic) -> [UInt8] {
    let given = JSONView(valid: selector).members ?? []
    var members: [(key: String, json: [UInt8])] = []
    for setting in settings where !given.contains(where: { $0.key == setting.name }) {
      if setting.isRequired {
        throw Diagnostic(
          .error, .missingKey, "the selector of kind `\(name)` must have `\(setting.name)`",
          help: setting.description)
      }
      members.append((setting.name, Array((setting.defaultJSON ?? "null").utf8)))
    }
    for (key, value) in given {
      if let setting = settings.first(where: { $0.name == key }),
        let problem = setting.problem(withJSON: value.json)
      {
        throw Diagnostic(
          .error, .wrongType, "`\(key)` in the selector of kind `\(name)` is \(problem)",
          help: setting.description)
      }
      members.append((key, Array(value.json.utf8)))
    }
    return JSONWriter.object { object in for (key, json) in members { object.add(key, json: json) } }
  }
}

extension SelectorSetting {
  /// What is wrong with a value of the setting, given as JSON, which is YAML as well.
  fileprivate func problem(withJSON json: String) -> String? {
    (try? YAMLParser.parse(json)).flatMap(problem(with:))
  }
}
