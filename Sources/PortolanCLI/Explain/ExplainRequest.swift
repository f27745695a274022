import JQ
import Portolan

/// What is to be explained.
struct ExplainRequest {
  var kind: String
  var choice: ItemChoice
  var field: String?
  /// The objects, where they are not the fixtures.
  var page: RawPage?
}

/// An item's explanation, and whose it is.
struct NamedExplanation {
  /// The integration's name where there are several, otherwise nil.
  var integration: String?
  var explanation: ResourceExplanation
  var item: ItemExplanation
}

/// What a request came to.
struct ExplainAnswer {
  /// The items that were found.
  var explained: [NamedExplanation] = []
  /// What is wrong with the fixtures.
  var problems: [Diagnostic] = []
  /// Whether there was no object at all, so that nothing was run.
  var isNothingRun = false
  /// Why nothing was found.
  var message = ""
  /// What to ask for instead.
  var help: String?
}

extension LoadedConfigs {
  /// Explains the item that `request` asks for, for each resource that reads its kind.
  func explain(_ request: ExplainRequest, _ environment: JQEnvironment) async -> ExplainAnswer {
    let readers = usable.filter { $0.config.resources.contains { $0.kind == request.kind } }
    guard !readers.isEmpty else { return unknownKind(request.kind) }
    var passedOver: [ResourceExplanation] = []
    var fields: [String] = []
    var answer = ExplainAnswer()
    for reader in readers {
      let explainer = explainer(of: reader, request, environment)
      let known = explainer.fields(ofKind: request.kind)
      fields += known
      guard request.field.map({ name in known.contains { Explainer.names(name, $0) } }) ?? true else {
        continue
      }
      for explanation in await explainer.explain(kind: request.kind, request.choice, field: request.field) {
        if let problem = explanation.problem { answer.problems.append(problem) }
        guard let item = explanation.item else {
          passedOver.append(explanation)
          continue
        }
        // Of several resources, those that do not map the field have nothing to say about it.
        guard request.field == nil || item.shows(request.field) else { continue }
        answer.explained.append(
          NamedExplanation(
            integration: usable.count > 1 ? reader.run.name : nil, explanation: explanation, item: item))
      }
    }
    if answer.explained.isEmpty { say(why: request, passedOver, fields, &answer) }
    return answer
  }

  private func explainer(
    of reader: Loaded, _ request: ExplainRequest, _ environment: JQEnvironment
  ) -> Explainer {
    if let page = request.page { return Explainer(reader.config, page: page, environment: environment) }
    return Explainer(
      reader.config, fixtures: FixtureFolder(reader.run.fixturesPath), environment: environment)
  }

  private func unknownKind(_ kind: String) -> ExplainAnswer {
    if Integration.find(from: ".").contains(where: { $0.name == kind }) {
      return ExplainAnswer(
        message: "`\(kind)` is an integration, not a kind",
        help: "name a kind, as `portolan explain \(kinds.first ?? "issue") --integration \(kind)`")
    }
    let unknown = UnknownKind(kind, in: usable.map(\.config))
    return ExplainAnswer(message: unknown.message, help: unknown.help)
  }

  private func say(
    why request: ExplainRequest, _ passedOver: [ResourceExplanation], _ fields: [String],
    _ answer: inout ExplainAnswer
  ) {
    let total = passedOver.map(\.total).max() ?? 0
    if let field = request.field, passedOver.isEmpty {
      answer.message = "no resource of kind `\(request.kind)` maps the field `\(field)`"
      answer.help = Suggestion.help(
        nearest: FieldSuggestion.nearest(to: field, in: fields.unique), among: fields.unique, "the fields are"
      )
    } else if total == 0 {
      let isInput = request.page != nil
      answer.isNothingRun = answer.problems.allSatisfy { $0.severity != .error }
      answer.message = "no raw object of kind `\(request.kind)` is in the \(isInput ? "input" : "fixtures")"
      answer.help =
        isInput
        ? "give one or more JSON objects"
        : "put raw objects where `portolan dry-run --kind \(request.kind)` says"
    } else if case .identifier(let identifier) = request.choice {
      answer.message = "no entity of kind `\(request.kind)` has the identifier `\(identifier)`"
      let known = passedOver.flatMap(\.identifiers).unique
      answer.help = known.isEmpty ? nil : Suggestion.help(for: identifier, among: known, "they are")
    } else {
      answer.message = "the kind `\(request.kind)` has no such item: there are \(total.grouped)"
      answer.help = "give --item a number from 1 to \(total)"
    }
  }
}

extension ItemExplanation {
  /// Whether it says something about the field `name`; an item that none came of does by saying so.
  fileprivate func shows(_ name: String?) -> Bool {
    guard let name, selector != nil else { return true }
    return !fields.isEmpty || Explainer.names(name, "selector.query")
      || (list != nil && Explainer.names(name, "itemsToParse"))
  }
}
