import Portolan
import RawJSON

/// The values that a fetcher's expressions know by name: `config`, `selector`, `parent`, `kind`, `page`, `login`, and
/// those of events.
struct FetchScope: Sendable {
  /// The members of the document that expressions are evaluated on, but for `input`, each with a comma after it.
  private let members: [UInt8]

  /// A scope of JSON values; null for those that there are none of.
  init(
    config: [UInt8] = Array("{}".utf8), selector: [UInt8] = Array("{}".utf8), parent: [UInt8]? = nil,
    kind: String = "", login: [UInt8]? = nil, others: [FetcherContext: [UInt8]] = [:]
  ) {
    let null = Array("null".utf8)
    var members: [UInt8] = []
    for (name, json) in [
      (FetcherContext.config, config), (.selector, selector), (.parent, parent ?? null),
      (.kind, Array(JSONText.quoted(kind).utf8)), (.login, login ?? null),
    ] + others.map({ ($0.key, $0.value) }) {
      members += "\"\(name.rawValue)\":".utf8
      members += json
      members.append(UInt8(ascii: ","))
    }
    self.members = members
  }

  /// The document that expressions are evaluated on, whose `.` is `input`.
  func document(_ input: [UInt8], page: [UInt8]? = nil) -> [UInt8] {
    document(reserving: input.count + (page?.count ?? 0)) { document in
      document += input
      guard let page else { return }
      document += ",\"\(FetcherContext.page.rawValue)\":".utf8
      document += page
    }
  }

  /// The document that expressions are evaluated on, whose `.` is the JSON that `input` appends.
  func document(reserving size: Int = 0, _ input: (inout [UInt8]) -> Void) -> [UInt8] {
    var document: [UInt8] = []
    document.reserveCapacity(members.count + size + 16)
    document.append(UInt8(ascii: "{"))
    document += members
    document += "\"\(FetcherExpression.input)\":".utf8
    input(&document)
    document.append(UInt8(ascii: "}"))
    return document
  }

  /// The document for expressions that have no input.
  var document: [UInt8] { document { $0 += "null".utf8 } }
}
