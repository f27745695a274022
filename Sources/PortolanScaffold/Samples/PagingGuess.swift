import Portolan
import RawJSON

/// How a list seems to go on from page to page, told by what is beside it in an answer, and by the parameters of the
/// request where those are known.
struct PagingGuess: Equatable {
  /// The entries of `paging` in a fetcher.yml, in order.
  let entries: [Entry]
  /// What is a guess in them; nil where a description of the API says it all.
  let doubt: String?

  struct Entry: Equatable {
    let key: String
    let value: String
  }

  /// How many objects a page has where nothing says it.
  private static let usualSize = 50

  /// - Parameters:
  ///   - answer: an answer with a list, nil where the answer is the list.
  ///   - list: the keys that lead to the list.
  ///   - parameters: the names of the request's query parameters; nil where they are not known.
  ///   - links: whether answers are known to carry a `Link` header.
  ///   - size: how many objects a page has at most, where that is known.
  init?(answer: JSONView?, list: [String], parameters: [String]?, links: Bool = false, size: Int? = nil) {
    let facts = AnswerFacts(answer, list: list, size: size)
    let known = Parameters(names: parameters)
    guard
      let found = Self.next(facts) ?? Self.cursor(facts, known) ?? Self.offset(facts, known)
        ?? Self.page(facts, known) ?? (links ? ([Entry(key: "link", value: "next")], nil) : nil)
    else { return nil }
    entries = found.entries + (found.entries.contains { $0.key == "limit" } ? [] : Self.limit(facts, known))
    let asksByName = found.entries.contains { ["offset", "page"].contains($0.key) }
    doubt = found.doubt ?? (parameters == nil && asksByName ? "the names of the parameters are a guess" : nil)
  }

  private typealias Found = (entries: [Entry], doubt: String?)

  /// A URL of the next page in the answer.
  private static func next(_ facts: AnswerFacts) -> Found? {
    guard
      let path = facts.first(
        named: ["next", "nextlink", "odatanextlink", "nexturl", "nextpageurl"],
        where: { value in
          value.text.map { $0.contains("/") } ?? false
        }) ?? facts.first(named: ["href"], where: { $0.text?.contains("/") ?? false }, under: "next")
        ?? facts.first(
          named: ["nextlink", "odatanextlink", "nexturl", "nextpageurl"], where: { $0.kind == .null })
        ?? facts.first(named: ["next"], where: { $0.kind == .null }, under: "links")
    else { return nil }
    return ([Entry(key: "next", value: facts.expression(path))], nil)
  }

  private static let cursorNames = [
    "cursor", "pageToken", "page_token", "nextPageToken", "next_page_token", "nextToken", "after", "token",
    "page[cursor]", "page[after]", "continuationToken",
  ]

  /// A token of the next page in the answer.
  private static func cursor(_ facts: AnswerFacts, _ known: Parameters) -> Found? {
    let names = [
      "nextpagetoken", "nexttoken", "nextcursor", "cursornext", "endcursor", "aftercursor", "cursor", "after",
      "continuationtoken", "next",
    ]
    guard let path = facts.first(named: names, where: { $0.kind == .string || $0.kind == .null }),
      let name = path.last, !known.areKnown || known.first(of: cursorNames + [name]) != nil
    else { return stripe(facts, known) }
    let usual = [
      "nextcursor": "cursor", "endcursor": "after", "aftercursor": "after", "cursornext": "cursor",
      "continuationtoken": "continuationToken",
    ]
    let guess = usual[AnswerList.letters(name)] ?? name
    let parameter = known.first(of: [name] + cursorNames) ?? guess
    return (
      [Entry(key: "cursor", value: facts.expression(path)), Entry(key: "parameter", value: parameter)],
      known.has(parameter)
        ? nil : "that the next page is asked for with `\(YAMLText.comment(parameter))` is a guess"
    )
  }

  /// The last object's id, where `has_more` says that there is more.
  private static func stripe(_ facts: AnswerFacts, _ known: Parameters) -> Found? {
    guard known.has("starting_after"),
      let more = facts.first(named: ["hasmore"], where: { $0.kind == .boolean })
    else { return nil }
    let last = JQText.path(["body"] + facts.list) + "[-1].id"
    return (
      [
        Entry(key: "cursor", value: "if \(facts.expression(more)) then \(last) else null end"),
        Entry(key: "parameter", value: "starting_after"),
      ], nil
    )
  }

  private static func offset(_ facts: AnswerFacts, _ known: Parameters) -> Found? {
    let isOctopus = facts.has("itemsperpage") && facts.has("lastpagenumber")
    let path = facts.first(named: ["offset", "startat", "skip", "startindex"], where: { $0.kind == .number })
    let parameter =
      known.first(of: ["offset", "startAt", "skip", "start", "startIndex", "$skip", "page[offset]"])
      ?? (known.areKnown ? nil : path?.last ?? (isOctopus ? "skip" : nil))
    guard let parameter else { return nil }
    var entries = [Entry(key: "offset", value: parameter)]
    let limits = ["startat": "maxResults", "skip": "take", "startindex": "count", "offset": "limit"]
    if !known.areKnown {
      let key = facts.first(named: ["maxresults", "limit", "take", "count"], where: { $0.kind == .number })?
        .last
      entries.append(
        Entry(key: "limit", value: key ?? limits[AnswerList.letters(parameter)] ?? "limit"))
      entries.append(Entry(key: "size", value: String(facts.size ?? usualSize)))
    } else {
      entries += limit(facts, known)
    }
    return (entries + end(facts), nil)
  }

  private static func page(_ facts: AnswerFacts, _ known: Parameters) -> Found? {
    let path = facts.first(
      named: ["page", "pagenumber", "currentpage", "number"], where: { $0.kind == .number })
    let parameter =
      known.first(of: ["page", "pageNumber", "page_number", "p", "page[number]"])
      ?? (known.areKnown ? nil : path.map { $0.last == "number" ? "page" : $0.last ?? "page" })
    guard let parameter else { return nil }
    var entries = [Entry(key: "page", value: parameter)]
    if known.areKnown {
      entries += limit(facts, known)
    } else {
      let key = facts.first(named: ["perpage", "pagesize", "limit"], where: { $0.kind == .number })?.last
      entries.append(Entry(key: "limit", value: key ?? "per_page"))
      entries.append(Entry(key: "size", value: String(facts.size ?? usualSize)))
    }
    if let path,
      let last = facts.first(named: ["totalpages", "lastpage", "pages"], where: { $0.kind == .number })
    {
      entries.append(Entry(key: "until", value: "\(facts.expression(path)) >= \(facts.expression(last))"))
      return (entries, nil)
    }
    return (entries + end(facts), nil)
  }

  private static let limitNames = [
    "limit", "per_page", "perPage", "pageSize", "page_size", "maxResults", "max_results", "take", "size",
    "count",
    "$top", "page[size]", "page[limit]", "first",
  ]

  /// Whether a parameter of that name says how many objects a page has.
  static func isLimit(_ name: String) -> Bool { limitNames.contains { $0.lowercased() == name.lowercased() } }

  /// How large a page is asked for.
  private static func limit(_ facts: AnswerFacts, _ known: Parameters) -> [Entry] {
    guard let name = known.first(of: limitNames) else { return [] }
    return [Entry(key: "limit", value: name), Entry(key: "size", value: String(facts.size ?? usualSize))]
  }

  /// How the last page is known.
  private static func end(_ facts: AnswerFacts) -> [Entry] {
    if let total = facts.first(
      named: ["total", "totalcount", "totalresults", "totalitems"], where: { $0.kind == .number })
    {
      return [Entry(key: "total", value: facts.expression(total))]
    }
    if let last = facts.first(named: ["islast", "last"], where: { $0.kind == .boolean }) {
      return [Entry(key: "until", value: facts.expression(last))]
    }
    if let more = facts.first(
      named: ["more", "hasmore", "hasnext", "hasnextpage"], where: { $0.kind == .boolean })
    {
      return [Entry(key: "until", value: facts.expression(more) + " | not")]
    }
    return []
  }
}

/// The names of a request's parameters, where they are known.
private struct Parameters {
  let names: [String]?

  var areKnown: Bool { names != nil }

  func has(_ name: String) -> Bool { names?.contains(name) ?? false }

  /// The first of `candidates` that the request has, whatever its case.
  func first(of candidates: [String]) -> String? {
    for candidate in candidates {
      if let name = names?.first(where: { $0.lowercased() == candidate.lowercased() }) { return name }
    }
    return nil
  }
}

/// What is beside the list in an answer.
private struct AnswerFacts {
  let list: [String]
  private let values: [(path: [String], value: JSONView)]
  private let knownSize: Int?

  init(_ answer: JSONView?, list: [String], size: Int?) {
    self.list = list
    knownSize = size
    var values: [(path: [String], value: JSONView)] = []
    func collect(_ value: JSONView, _ path: [String], depth: Int) {
      for (key, member) in value.members ?? [] where path + [key] != list {
        values.append((path + [key], member))
        if depth < 3 { collect(member, path + [key], depth: depth + 1) }
      }
    }
    if let answer { collect(answer, [], depth: 1) }
    self.values = values
  }

  func has(_ name: String) -> Bool { values.contains { AnswerList.letters($0.path.last ?? "") == name } }

  /// The first of `names` that is there; `parent` is what the key before it has to be like.
  func first(
    named names: [String], where isMeant: (JSONView) -> Bool, under parent: String? = nil
  ) -> [String]? {
    for name in names {
      for (path, value) in values where path.last.map(AnswerList.letters) == name && isMeant(value) {
        if let parent, path.dropLast().last.map(AnswerList.letters) != parent { continue }
        return path
      }
    }
    return nil
  }

  /// How many objects a page is said to have, where that is many enough to be worth a request.
  var size: Int? {
    let path = first(
      named: ["maxresults", "limit", "perpage", "pagesize", "itemsperpage", "take"],
      where: { $0.kind == .number })
    let said = path.flatMap { path in values.first { $0.path == path }?.value.number.flatMap { Int($0) } }
    return [knownSize, said].compactMap { $0 }.first { (10...1000).contains($0) }
  }

  func expression(_ path: [String]) -> String { JQText.path(["body"] + path) }
}
