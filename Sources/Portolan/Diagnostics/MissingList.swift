import RawJSON

/// A document that has no list of objects where one is looked for: what is there instead, and the path that is most
/// likely meant.
struct MissingList {
  private let path: JSONPath
  private let kind: String
  private let document: JSONView
  /// How many steps of the path lead to something.
  private let found: Int
  /// What they lead to.
  private let last: JSONView

  /// Looks at a page that was to have a list of objects of a kind; nil where it has no path to one, or is broken.
  init?(_ page: RawPage, kind: String) {
    let json = page.object(at: page.bytes.withScanner { $0.skipWhitespace(0) })
    guard let path = page.framer.listPath, !json.isEmpty else { return nil }
    self.path = path
    self.kind = kind
    document = JSONView(valid: json)
    var (place, found) = (document, 0)
    for step in path.steps {
      guard let next = place.member(step) else { break }
      (place, found) = (next, found + 1)
    }
    (last, self.found) = (place, found)
  }

  /// The finding, at the place of what is there instead.
  func diagnostic(at location: SourceLocation?) -> Diagnostic {
    let likely = likelyPath.map { JSONPath($0).description }
    return Diagnostic(
      .error, .invalidRawObject, "there is no list of objects of kind `\(kind)` at `\(path)`: \(instead)",
      help: likely.map { "take them out of `\($0)`" } ?? "name the path that leads to the list",
      remedy: likely.map { .cutPages(at: $0) }, at: location)
  }

  /// What is there, as the end of a sentence.
  private var instead: String {
    let place = found == 0 ? "the document" : "`\(JSONPath(Array(path.steps.prefix(found))))`"
    guard found < path.steps.count, let members = last.members else {
      return "\(place) is \(last.kind.phrase)"
    }
    if members.isEmpty { return "\(place) is empty" }
    let keys = members.prefix(12).map { "`\(ShownValue.text($0.key).shortened(to: 40))`" }
    return "\(place) has \(keys.joined(separator: ", "))\(members.count > keys.count ? ", …" : "")"
  }

  /// The path to a list that is there: with the nearest key; that of what an API answers; or of the only list.
  private var likelyPath: [JSONPathStep]? {
    let begin = Array(path.steps.prefix(found))
    let members = last.members ?? []
    if found < path.steps.count, case .key(let wanted) = path.steps[found],
      let near = Spelling.nearestKey(to: wanted, in: members.map(\.key))
    {
      let paths = [path.steps[(found + 1)...], []].map { begin + [.key(near)] + $0 }
      if let path = paths.first(where: isList) { return path }
    }
    let name = AnswerList.letters(kind)
    if let answer = AnswerList.path(in: document, names: [name, name + "s"]) {
      return answer.map { .key($0) }
    }
    let lists = members.filter { $0.value.kind == .array }
    return lists.count == 1 ? begin + [.key(lists[0].key)] : document.kind == .array ? [] : nil
  }

  private func isList(_ path: [JSONPathStep]) -> Bool {
    path.reduce(document as JSONView?) { $0?.member($1) }?.kind == .array
  }
}

extension JSONView {
  /// What a step leads to, nil where that is nothing.
  fileprivate func member(_ step: JSONPathStep) -> JSONView? {
    switch step {
    case .key(let key): members?.first { $0.key == key }?.value
    case .index(let index): elements.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    }
  }
}
