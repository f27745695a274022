import Portolan
import RawJSON

/// An API's answer that has the list of objects inside: `{"values": […], "total": 3}`.
struct Envelope {
  /// The keys that lead to the list.
  let path: [String]
  /// The objects; where the list's elements each hold theirs under `node`, those.
  let objects: [JSONView]
  /// Whether each element holds its object under `node`, as GraphQL's edges do.
  let hasNodes: Bool
  /// The answer.
  let answer: JSONView

  /// Looks for the list in `answer`; nil where it is no answer but an object itself. `stem` is the file's name.
  init?(_ answer: JSONView, stem: String) {
    guard let path = AnswerList.path(in: answer, names: Self.names(of: stem)),
      let list = path.reduce(answer, { $0?[$1] })?.elements
    else { return nil }
    let nodes = list.compactMap { $0["node"] }
    hasNodes = path.last == "edges" && nodes.count == list.count
    self.path = path
    self.answer = answer
    objects = hasNodes ? nodes : list
  }

  /// What a list of the objects in a file of that name would be called.
  private static func names(of stem: String) -> Set<String> {
    Set([stem, Noun.plural(stem), Noun.singular(stem)].map { AnswerList.letters($0) })
  }
}
