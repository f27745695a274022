import Portolan
import RawJSON

/// A kind of a declared fetcher, made ready to be asked for any number of times.
final class KindPlan: Sendable {
  /// What a kind is asked once for.
  enum ParentSource: Sendable {
    /// The objects of another kind.
    case kind(String, settings: [(name: String, value: TemplatePlan)], Expressions)
    /// The elements of a list that an expression gives.
    case values(Expressions, Expressions.Key)
  }

  let kind: FetcherDefinition.Kind
  let list: ListPlan
  let parent: ParentSource?
  /// Whether it is asked for a parent; nil for all.
  let condition: (expressions: Expressions, key: Expressions.Key)?

  init(_ kind: FetcherDefinition.Kind) {
    self.kind = kind
    list = ListPlan(kind.list)
    switch kind.parent?.source {
    case .kind(let name, _, let settings):
      var builder = Expressions.Builder()
      let plans = settings.map { (name: $0.name, value: TemplatePlan($0.value, &builder)) }
      parent = .kind(name, settings: plans, Expressions(builder))
    case .values(let expression):
      var builder = Expressions.Builder()
      let key = builder.add(expression)
      parent = .values(Expressions(builder), key)
    case nil: parent = nil
    }
    condition = kind.parent?.condition.map { expression in
      var builder = Expressions.Builder()
      let key = builder.add(expression)
      return (Expressions(builder), key)
    }
  }
}

extension FetcherDefinition.Kind {
  /// The settings of a selector, with the defaults of those that it does not have.
  ///
  /// - Throws: `Diagnostic` for a value that a setting cannot have, or a required one that is missing.
  func settings(of selector: [UInt8]) throws(Diagnostic) -> [UInt8] {
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
      if let setting = settings.first(where: { $0.name == key }), let problem = setting.problem(with: value) {
        throw Diagnostic(
          .error, .wrongType, "`\(key)` in the selector of kind `\(name)` \(problem)",
          help: setting.description)
      }
      members.append((key, Array(value.json.utf8)))
    }
    return JSONWriter.object { object in for (key, json) in members { object.add(key, json: json) } }
  }
}
