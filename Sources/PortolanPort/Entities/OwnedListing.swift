import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Lists the keys of what an integration owns, page by page, and knows when the list does not end.
struct OwnedListing: Sendable {
  /// How many keys are asked for at once, as Ocean does.
  private static let most = 5000
  /// So many pages without an entity, one after another, are a list without an end.
  private static let mostEmpty = 50

  private let api: PortAPI
  private let owner: Datasource
  private var limit = most
  /// Where the list goes on, as JSON: some name the place by a number.
  private var cursor: String?
  private var isAtEnd = false
  private var cursors: Set<String> = []
  /// The pages that came, as numbers that tell them apart.
  private var pages: Set<Int> = []
  private var empty = 0
  private var listed = 0

  init(_ api: PortAPI, of owner: Datasource) {
    self.api = api
    self.owner = owner
  }

  /// The next keys, nil after the last.
  mutating func next() async throws -> [EntityKey]? {
    guard !isAtEnd else { return nil }
    let answer = try await page()
    guard let elements = answer.document?["entities"]?.elements else {
      throw answer.unreadable("there is no list in `entities`")
    }
    let keys = try elements.map { element in
      guard let key = PortEntity.key(element) else {
        throw answer.unreadable("there is what is no entity among the entities")
      }
      return key
    }
    listed += keys.count
    try goOn(answer, keys)
    return keys
  }

  private mutating func page() async throws -> PortAnswer {
    while true {
      let answer = try await api.send(.search(PortPath.owned, body))
      if answer.status == 413, limit > 1 {
        limit = max(1, limit / 4)
        continue
      }
      guard answer.isDone else { throw answer.problem }
      return answer
    }
  }

  private var body: [UInt8] {
    JSONWriter.object { body in
      body.add("datasource_prefix", text: owner.prefix)
      body.add("datasource_suffix", text: owner.suffix)
      body.add("limit", limit)
      if let cursor { body.add("from", json: cursor.utf8) }
    }
  }

  /// Remembers where the list goes on.
  private mutating func goOn(_ answer: PortAnswer, _ keys: [EntityKey]) throws {
    let next = answer.document?["next"]
    guard let next, next.kind != .null, next.text != "", next.boolean != false else {
      isAtEnd = true
      return try checkTotal(answer)
    }
    guard next.kind == .string || next.kind == .number else { throw answer.unreadable("`next` is no text") }
    guard cursors.insert(next.json).inserted else {
      throw endless(answer, "`next` is one that came before")
    }
    empty = keys.isEmpty ? empty + 1 : 0
    if !keys.isEmpty, !pages.insert(keys.hashValue).inserted {
      throw endless(answer, "a page came again")
    }
    guard empty < Self.mostEmpty else { throw endless(answer, "\(empty) pages had no entity") }
    cursor = next.json
  }

  private func checkTotal(_ answer: PortAnswer) throws {
    guard let total = answer.document?["total"]?.number.flatMap({ Int($0) }), total != listed else { return }
    throw endless(answer, "it has \(total) entities, of which \(listed) came")
  }

  private func endless(_ answer: PortAnswer, _ what: String) -> CatalogError {
    CatalogError(
      .unreadable, "the list of what \(owner) owns does not come to its end: \(what) (\(answer.request))",
      advice: "run again: the list may have changed meanwhile")
  }
}
