import JQ
import Portolan

/// What is to be explained.
struct ExplainRequest {
  var kind: String
  var choice: ItemChoice
  var field: String?
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
  /// Why nothing was found.
  var message = ""
  /// What to ask for instead.
  var help: String?
}

/// The configs that can be explained. One that cannot be read costs only itself.
struct ExplainedConfigs {
  /// What is wrong with the configs.
  private(set) var diagnostics: [Diagnostic] = []
  private var usable: [(run: PlannedRun, config: PortAppConfig)] = []

  /// Reads the configs of `runs`.
  ///
  /// - Throws: `UsageError` where none can be read.
  init(_ runs: [PlannedRun]) throws(UsageError) {
    for run in runs {
      do throws(DiagnosticsError) {
        let config = try PortAppConfig(contentsOf: run.configPath)
        usable.append((run, config))
        diagnostics += config.diagnostics.filter { $0.severity == .error }
      } catch {
        diagnostics += error.diagnostics
      }
    }
    guard !usable.isEmpty else { throw UsageError(diagnostics) }
  }

  /// Explains the item that `request` asks for, for each resource that reads its kind.
  func explain(_ request: ExplainRequest, _ environment: JQEnvironment) async -> ExplainAnswer {
    let readers = usable.filter { $0.config.resources.contains { $0.kind == request.kind } }
    guard !readers.isEmpty else { return unknownKind(request.kind) }
    var passedOver: [ResourceExplanation] = []
    var fields: [String] = []
    var answer = ExplainAnswer()
    for (run, config) in readers {
      let explainer = Explainer(config, fixtures: FixtureFolder(run.fixturesPath), environment: environment)
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
            integration: usable.count > 1 ? run.name : nil, explanation: explanation, item: item))
      }
    }
    if answer.explained.isEmpty { say(why: request, passedOver, fields, &answer) }
    return answer
  }

  private func unknownKind(_ kind: String) -> ExplainAnswer {
    let known = usable.flatMap(\.config.resources).map(\.kind).unique
    if Integration.find(from: ".").contains(where: { $0.name == kind }) {
      return ExplainAnswer(
        message: "`\(kind)` is an integration, not a kind",
        help: "name a kind, as `portolan explain \(known.first ?? "issue") --integration \(kind)`")
    }
    return ExplainAnswer(
      message: "no resource maps the kind `\(kind)`",
      help: known.isEmpty ? "the config maps no kind" : Self.help(kind, known, "the kinds are"))
  }

  private func say(
    why request: ExplainRequest, _ passedOver: [ResourceExplanation], _ fields: [String],
    _ answer: inout ExplainAnswer
  ) {
    let total = passedOver.map(\.total).max() ?? 0
    if let field = request.field, passedOver.isEmpty {
      answer.message = "no resource of kind `\(request.kind)` maps the field `\(field)`"
      answer.help = Self.help(field, fields.unique, "the fields are")
    } else if total == 0 {
      answer.message = "no raw object of kind `\(request.kind)` is in the fixtures"
      answer.help = "put raw objects where `portolan dry-run --kind \(request.kind)` says"
    } else if case .identifier(let identifier) = request.choice {
      answer.message = "no entity of kind `\(request.kind)` has the identifier `\(identifier)`"
      let known = passedOver.flatMap(\.identifiers).unique
      answer.help = known.isEmpty ? nil : Self.help(identifier, known, "they are")
    } else {
      answer.message = "the kind `\(request.kind)` has no such item: there are \(total.grouped)"
      answer.help = "give --item a number from 1 to \(total)"
    }
  }

  private static func help(_ word: String, _ known: [String], _ lead: String) -> String {
    let nearest = Spelling.nearest(to: word, in: known).map { "did you mean `\($0)`? " } ?? ""
    let listed = known.prefix(12).joined(separator: ", ")
    return "\(nearest)\(lead): \(listed)\(known.count > 12 ? ", … \(known.count - 12) more" : "")"
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

extension [String] {
  /// Each text once, in the order of their first places.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
