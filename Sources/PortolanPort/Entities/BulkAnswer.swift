import PortolanCatalog
import RawJSON

/// What Port says of each entity of a bulk write: two lists, whose elements name the entities by their place.
struct BulkAnswer {
  /// What became of each entity, in their order.
  let outcomes: [WriteOutcome]

  /// Reads an answer. What it says of no entity, or of one that was not sent, is nobody's.
  init(_ answer: PortAnswer, _ writes: ArraySlice<EntityWrite>) {
    let sent = writes.map { JSONView(valid: $0.json)["identifier"] }
    var outcomes: [WriteOutcome?] = Array(repeating: nil, count: sent.count)
    for element in answer.document?["entities"]?.elements ?? [] {
      guard let place = Self.place(element, sent.count) else { continue }
      outcomes[place] = .done(
        identifier: element["identifier"]?.text ?? sent[place]?.text ?? "",
        isNew: element["created"]?.boolean ?? false)
    }
    // Of one that is in both lists, the refusal counts: what is said to be done and is not would stay unseen.
    for element in answer.document?["errors"]?.elements ?? [] {
      guard let place = Self.place(element, sent.count) else { continue }
      outcomes[place] = .refused(Self.refusal(element, answer, sent[place]))
    }
    self.outcomes = outcomes.map { $0 ?? .refused(Self.unsaid(answer)) }
  }

  private static func place(_ element: JSONView, _ count: Int) -> Int? {
    guard let place = element["index"]?.number.flatMap({ Double($0) }).flatMap({ Int(exactly: $0) }),
      (0..<count).contains(place)
    else {
      return nil
    }
    return place
  }

  private static func refusal(
    _ error: JSONView, _ answer: PortAnswer, _ identifier: JSONView?
  ) -> WriteOutcome.Refusal {
    let code = answer.line(error["error"]?.text ?? "")
    let message = answer.line(error["message"]?.text ?? "")
    let status = error["statusCode"]?.number.flatMap { Int($0) } ?? answer.status
    return WriteOutcome.Refusal(
      status: status, code: code, message: message.isEmpty ? "the catalog does not say why" : message,
      // An entity may well be called so; a query is no text.
      isUnresolvedQuery: error["identifier"]?.text == "unknown" && identifier?.kind == .object)
  }

  private static func unsaid(_ answer: PortAnswer) -> WriteOutcome.Refusal {
    WriteOutcome.Refusal(
      status: answer.status, code: "no_answer", message: "the catalog did not say what became of it")
  }
}
