import RawJSON

/// The settings that variables hold, in the environment or in `.env`: a variable a setting, or a JSON object of many.
struct VariableEntries {
  /// A variable.
  struct Variable {
    let name: String
    let value: String
    let origin: IntegrationConfiguration.Origin
  }

  /// What is set: the variable of one setting before an object with many, as the more particular one holds.
  private(set) var entries: [SettingEntry] = []
  /// What is wrong.
  private(set) var diagnostics: [Diagnostic] = []

  private let section: ConfigurationSection

  /// Takes what is meant for a section; names are taken in capital or small letters.
  init(_ variables: [Variable], _ section: ConfigurationSection) {
    self.section = section
    var blocks: [Variable] = []
    var outer: [Variable] = []
    var short: [Variable] = []
    for variable in variables {
      let name = variable.name.uppercased()
      if name.hasPrefix(section.prefix) {
        addSingle(variable, after: section.prefix)
      } else if name == section.block {
        blocks.append(variable)
      } else if name == section.outer {
        outer.append(variable)
      } else if let prefix = section.shortPrefix, name.hasPrefix(prefix) {
        short.append(variable)
      }
    }
    // A member of an object is more particular than the object.
    entries = entries.filter { $0.path.count > 1 } + entries.filter { $0.path.count == 1 }
    for variable in blocks {
      if let object = object(of: variable) { add(object, of: variable) }
    }
    for variable in outer {
      guard let key = section.keys.last, let part = object(of: variable)?[key] else { continue }
      if part.kind == .object { add(part, of: variable) } else { report(variable, "`\(key)` in it") }
    }
    for variable in short { addSingle(variable, after: section.shortPrefix ?? "") }
    entries.removeAll { !section.takes($0.name) }
  }

  private mutating func addSingle(_ variable: Variable, after prefix: String) {
    let rest = variable.name.dropFirst(prefix.count)
    let path = rest.lowercased().split(separator: "__", omittingEmptySubsequences: true).map(String.init)
    guard !path.isEmpty else { return }
    entries.append(
      SettingEntry(
        path: path, value: .text(variable.value), origin: variable.origin, spelling: variable.name))
  }

  private mutating func add(_ object: JSONView, of variable: Variable) {
    for (key, value) in object.members ?? [] {
      guard let value = SettingValue(value) else { continue }
      entries.append(
        SettingEntry(
          path: [key], value: value, origin: variable.origin, spelling: "\(key) in \(variable.name)"))
    }
  }

  /// The object that a variable holds; nil for an empty one, and for one that holds anything else, which is said.
  private mutating func object(of variable: Variable) -> JSONView? {
    guard !variable.value.isEmpty else { return nil }
    if let view = try? JSONView(validating: Array(variable.value.utf8)), view.kind == .object { return view }
    report(variable, "its value")
    return nil
  }

  private mutating func report(_ variable: Variable, _ what: String) {
    let isWhole = variable.name.uppercased() == section.outer
    diagnostics.append(
      Diagnostic(
        .error, .invalidVariable, "`\(variable.name)` is not used: \(what) is not a JSON object",
        help: isWhole
          ? #"write it as {"config": {"name": "value"}}, in single quotes in a shell or in .env"#
          : #"write it as {"name": "value"}, in single quotes in a shell or in .env"#,
        at: variable.origin.location))
  }
}

extension IntegrationConfiguration.Origin {
  /// The place in a file, nil for anything else.
  var location: SourceLocation? {
    if case .file(let location) = self { location } else { nil }
  }
}
