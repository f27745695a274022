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

  /// How many levels deep a list is looked for.
  private static let depth = 5

  /// Names that lists have in answers, in small letters.
  private static let listNames: Set<String> = [
    "values", "value", "items", "data", "results", "result", "records", "entries", "list", "content", "rows",
    "nodes", "edges", "resources", "elements", "members", "hits", "objects", "entities",
  ]

  /// Names of objects that lists are in, in small letters.
  private static let wrapperNames: Set<String> = [
    "data", "result", "results", "response", "_embedded", "payload", "body",
  ]

  /// Names that tell of pages, in small letters and without anything but letters.
  private static let pagingNames: Set<String> = [
    "total", "totalcount", "totalresults", "totalitems", "totalelements", "totalpages", "count", "size",
    "limit", "offset",
    "start", "startat", "skip", "take", "maxresults", "page", "pages", "pagesize", "perpage", "pagenumber",
    "numberofpages", "lastpagenumber", "itemsperpage", "itemtype", "islast", "last", "first", "next", "prev",
    "previous", "nextpage", "nextpagetoken", "nexttoken", "nextcursor", "cursor", "more", "hasmore",
    "hasnext",
    "links", "meta", "metadata", "pagination", "paging", "pageinfo", "responsemetadata", "self", "object",
    "ok",
    "success", "status", "odatanextlink", "odatacount", "odatacontext", "incompleteresults",
    "numberofelements",
    "empty", "sort", "pageable", "kind", "apiversion", "etag", "nexturl",
  ]

  /// Looks for the list in `answer`; nil where it is no answer but an object itself. `stem` is the file's name.
  init?(_ answer: JSONView, stem: String) {
    guard let path = Self.listPath(answer, names: Self.names(of: stem), depth: Self.depth),
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
    Set([stem, Noun.plural(stem), Noun.singular(stem)].map { letters($0) })
  }

  private static func listPath(_ value: JSONView, names: Set<String>, depth: Int) -> [String]? {
    guard depth > 0, let members = value.members else { return nil }
    let lists = members.filter { isList($0.value) }
    if let own = lists.first(where: { names.contains(letters($0.key)) }) { return [own.key] }
    // An object that says who it is has lists of its own; an answer does not.
    let isObject = ["id", "key", "name", "title", "slug", "uuid"].contains { value[$0] != nil }
    if isObject { return nil }
    if let named = lists.first(where: { listNames.contains($0.key.lowercased()) }) { return [named.key] }
    for (key, member) in members where member.kind == .object {
      if wrapperNames.contains(key.lowercased()) || names.contains(letters(key)),
        let path = listPath(member, names: names, depth: depth - 1)
      {
        return [key] + path
      }
    }
    guard lists.count == 1,
      members.allSatisfy({ $0.key == lists[0].key || pagingNames.contains(letters($0.key)) })
    else {
      return depth < Self.depth && members.count == 1
        ? listPath(members[0].value, names: names, depth: depth - 1).map { [members[0].key] + $0 } : nil
    }
    return [lists[0].key]
  }

  private static func isList(_ value: JSONView) -> Bool {
    value.elements?.allSatisfy { $0.kind == .object } ?? false
  }

  /// Whether lists in answers have this name.
  static func isListName(_ key: String) -> Bool { listNames.contains(key.lowercased()) }

  /// Whether lists in answers are in an object of this name.
  static func isWrapperName(_ key: String) -> Bool { wrapperNames.contains(key.lowercased()) }

  /// The letters of `key`, small.
  static func letters(_ key: String) -> String {
    String(key.lowercased().filter(\.isLetter))
  }
}
