import JQ
import RawJSON

/// Finds identifiers that are a text although nothing of what they are made of is there: `(.id | tostring)` is the text
/// `null`, and `.a + "/" + .b` is `/`. All such objects become one entity.
struct BlankIdentifierCheck {
  /// The identifier of a mapping, and the items on which it is made of nothing.
  private struct Count {
    var field: ItemPlan.Field
    var items = 0
    var text = ""
  }

  let diagnostics: [Diagnostic]
  /// The identifiers that are made of nothing.
  let identifiers: Set<String>

  init(report: ResourceReport, plan: ResourcePlan, look: SecondLook) {
    var counts = plan.item.fields.filter { field in
      guard field.path == "identifier" || field.path.hasSuffix("].identifier") else { return false }
      let reads = field.source.expression.reads
      return !reads.isNothing && reads != .all && !look.ended.contains(field.path)
        && !report.rejectedFields.contains(field.path)
    }.map { Count(field: $0) }
    var identifiers: Set<String> = []
    var items = 0
    if !counts.isEmpty {
      let program = EvaluationProgram(counts.map(\.field.source.expression))
      var evaluator = Evaluator(program, environment: look.environment)
      look.forEachItem { item in
        guard item.isKept == true else { return true }
        items += 1
        let view = JSONView(valid: item.json)
        let blank = counts.indices.filter { !counts[$0].field.source.expression.reads.isFound(in: view) }
        guard !blank.isEmpty else { return true }
        let texts = item.json.withScanner { text in
          try? evaluator.withResults(on: text) { evaluator in
            blank.map { place -> String? in
              guard case .value(let json) = evaluator.outcome(of: place) else { return nil }
              return JSONView(valid: json).text
            }
          }
        }
        for (place, text) in zip(blank, texts ?? []) {
          guard let text, !text.isEmpty else { continue }
          identifiers.insert(text)
          if counts[place].items == 0 { counts[place].text = text }
          counts[place].items += 1
        }
        return true
      }
    }
    self.identifiers = identifiers
    diagnostics = counts.filter { $0.items > 0 }.map { Self.finding($0, of: items, kind: report.kind) }
  }

  private static func finding(_ count: Count, of items: Int, kind: String) -> Diagnostic {
    let source = count.field.source
    let paths = source.expression.reads.paths
    let named = paths.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (paths.count > 3 ? ", …" : "")
    return source.finding(
      count.items == items ? .error : .warning, .invalidIdentifier,
      "`\(count.field.path)` of kind `\(kind)` is the text \(JSONText.quoted(count.text).shortened(to: 60)) on "
        + "\(count.items.grouped) of \(items.counted("item")), where there is no \(named): all of them become one entity",
      help: help(source, paths), field: count.field.path)
  }

  /// The expression with its first path so that there is nothing without it.
  private static func help(_ source: ConfigExpression, _ paths: [String]) -> String {
    let first = source.expression.program?.body?.firstPath
    guard let first else {
      return "name keys that the objects have, or leave such objects out with the selector"
    }
    let path = KeyCensus.path(first)
    let mended = source.replacing(first, with: "(\(path) // empty)")
    let place = mended == "(\(path) // empty)" && source.text.trimmed != path ? " for `\(path)`" : ""
    return "name keys that the objects have; to leave such objects out, write `\(mended)`\(place)"
  }
}

extension JQ.Expression {
  /// The first path of the input that is read, by the text.
  fileprivate var firstPath: [String?]? {
    var found: [String?]?
    visitOfInput { part in
      if found == nil, let steps = part.readSteps, !steps.isEmpty, !steps.contains(nil) { found = steps }
    }
    return found
  }
}
