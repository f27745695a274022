/// What several refusals have in common, where each names a value of its own.
struct Mistake: Sendable, Hashable {
  /// The catalog's word for it.
  var code: String
  /// What of the entity it is about: `properties.url`; the catalog's own words where they name nothing.
  var field: String
  /// What is wanted there, in the catalog's words; empty where they do not say.
  var wanted: String

  /// What a catalog's words about an entity of a blueprint say is wrong.
  init(_ refusal: WriteOutcome.Refusal, in blueprint: String) {
    code = refusal.code
    let parts = refusal.message.split(separator: "`", omittingEmptySubsequences: false)
    let names = stride(from: 1, to: parts.count - 1, by: 2).map { String(parts[$0]) }
    field = names.first { $0 != blueprint } ?? refusal.message
    // What was found stands in brackets, and may be anything.
    let end = refusal.message.range(ofLast: "), and ")
    wanted = names.isEmpty ? "" : end.map { String(refusal.message[$0...]) } ?? ""
  }
}

extension String {
  /// Where the text after the last `mark` begins.
  fileprivate func range(ofLast mark: String) -> Index? {
    var index = endIndex
    while index > startIndex {
      if self[..<index].hasSuffix(mark) { return index }
      index = self.index(before: index)
    }
    return nil
  }
}
