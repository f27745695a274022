import JQ
import RawJSON

/// Finds what helps where a selector is neither true nor false: the part that fails on the first item, or the key that no
/// item has.
struct FailingSelector {
  private let look: SecondLook
  private let survey: ResourceSurvey

  init(_ look: SecondLook, _ survey: ResourceSurvey) {
    self.look = look
    self.survey = survey
  }

  /// The finding with the part that fails, and what helps; as it is where nothing is known of that.
  func explained(_ diagnostic: Diagnostic) -> Diagnostic {
    guard !look.ended.contains("selector.query") else { return diagnostic }
    let query = look.resource.selector.query
    var found: FailedPart?
    var worksOnOthers = false
    look.forEachItem { item in
      guard item.isKept == nil else {
        worksOnOthers = true
        return found == nil
      }
      guard found == nil else { return true }
      found = FailureSearch.failedPart(of: query.expression, on: item.json, environment: look.environment)
      return found == nil || !worksOnOthers
    }
    if let absent = absent(found, diagnostic) { return absent }
    guard let found, var cure = FailureCure.of(found) else { return diagnostic }
    if worksOnOthers, found.isMember, query.text.count <= 80 {
      cure.advice = "where it may be something else, write `(\(query.text.trimmed))? // false`"
    }
    var explained = query.finding(
      diagnostic.severity, diagnostic.rule, "\(diagnostic.message): \(cure.reason)", help: cure.advice,
      in: found.blamedRange, field: "selector.query")
    let alike = diagnostic.alike.map { alike in
      var alike = alike
      alike.help = cure.advice
      return alike
    }
    explained.count(alike, and: diagnostic.similar - alike.count)
    return explained
  }

  /// The finding of a selector that is a path to what no item has, or whose part `found` fails on that, with the key that is
  /// most likely meant; nil where none is near.
  private func absent(_ found: FailedPart?, _ diagnostic: Diagnostic) -> Diagnostic? {
    let query = look.resource.selector.query
    guard let body = query.expression.program?.body, found.map({ $0.input.kind == .null }) ?? true else {
      return nil
    }
    let absence = survey.items.absences(of: query.expression.reads).first {
      guard $0.likely != nil else { return false }
      return found?.source.hasPrefix($0.path) ?? (body.readSteps != nil)
    }
    guard let absence, let likely = absence.likely else { return nil }
    let place = absence.objects == 1 ? "not in the one item" : "in none of \(absence.objects.grouped) items"
    var explained = query.finding(
      diagnostic.severity, diagnostic.rule, "\(diagnostic.message): `\(absence.path)` is \(place)",
      help: "write `\(query.replacing(likely.replaced, with: likely.path))`, if that is what is meant",
      in: body.range(ofPath: likely.replaced), field: "selector.query")
    explained.similar = diagnostic.similar
    return explained
  }
}
