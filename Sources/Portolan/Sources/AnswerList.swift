import RawJSON

/// The list of objects in what an API answers: `{"values": […], "total": 3}`.
package enum AnswerList {
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

  /// Finds the list of objects in what an API sent.
  ///
  /// - Parameters:
  ///   - answer: what an API sent.
  ///   - names: what a list of the objects would be called, in small letters.
  /// - Returns: the keys that lead to the list; nil where `answer` is no answer but an object itself.
  package static func path(in answer: JSONView, names: Set<String>) -> [String]? {
    path(answer, names: names, depth: depth)
  }

  private static func path(_ value: JSONView, names: Set<String>, depth: Int) -> [String]? {
    guard depth > 0, let members = value.members else { return nil }
    let lists = members.filter { isList($0.value) }
    if let own = lists.first(where: { names.contains(letters($0.key)) }) { return [own.key] }
    // An object that says who it is has lists of its own; an answer does not.
    let isObject = ["id", "key", "name", "title", "slug", "uuid"].contains { value[$0] != nil }
    if isObject { return nil }
    if let named = lists.first(where: { listNames.contains($0.key.lowercased()) }) { return [named.key] }
    for (key, member) in members where member.kind == .object {
      if wrapperNames.contains(key.lowercased()) || names.contains(letters(key)),
        let path = Self.path(member, names: names, depth: depth - 1)
      {
        return [key] + path
      }
    }
    guard lists.count == 1,
      members.allSatisfy({ $0.key == lists[0].key || pagingNames.contains(letters($0.key)) })
    else {
      return depth < Self.depth && members.count == 1
        ? Self.path(members[0].value, names: names, depth: depth - 1).map { [members[0].key] + $0 } : nil
    }
    return [lists[0].key]
  }

  private static func isList(_ value: JSONView) -> Bool {
    value.elements?.allSatisfy { $0.kind == .object } ?? false
  }

  /// Whether lists in answers have this name.
  package static func isListName(_ key: String) -> Bool { listNames.contains(key.lowercased()) }

  /// Whether lists in answers are in an object of this name.
  package static func isWrapperName(_ key: String) -> Bool { wrapperNames.contains(key.lowercased()) }

  /// The letters of `key`, small.
  package static func letters(_ key: String) -> String {
    String(key.lowercased().filter(\.isLetter))
  }
}
