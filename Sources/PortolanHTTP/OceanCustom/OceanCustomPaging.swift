import JQ
import Portolan
import RawJSON

/// How every list of an integration is paged, and how its answers say whether there is more.
///
/// Ocean takes a list that is shorter than a page for the last one, reads on for ever where an object does not say
/// that it is the last, and stops early where a cursor comes without its flag. Here an answer that says so ends a list,
/// and otherwise a page without objects does, or one that came before; where an answer contradicts itself, that is an
/// error.
struct OceanCustomPaging {
  /// The values of `paginationType`.
  enum Style: String, CaseIterable {
    case none, offset, page, cursor
    case nextLink = "next_link"
    case headerLink = "header_link"
  }

  private(set) var style = Style.none
  private(set) var size = 100
  private var parameter: String?
  private var sizeParameter: String?
  private var start = 1
  private var cursorPath: String?
  private var hasMorePath: String?
  private var lastPagePath: String?
  private var nextLinkPath = "@odata.nextLink"
  private var relation = "next"

  /// Lists of one page.
  init() {}

  /// Reads the settings.
  init(_ reader: inout MemberReader) {
    let word = reader.choice("paginationType", Style.allCases.map(\.rawValue), default: "none")
    style = Style(rawValue: word) ?? .none
    size = reader.integer("pageSize", 1...1_000_000) ?? size
    parameter = reader.text("paginationParam")
    sizeParameter = reader.text("sizeParam")
    start = reader.integer("startPage", 0...1_000_000) ?? start
    cursorPath = reader.text("cursorPath")
    hasMorePath = reader.text("hasMorePath")
    lastPagePath = reader.text("lastPagePath")
    nextLinkPath = reader.text("nextLinkPath") ?? nextLinkPath
    relation = reader.text("headerLinkRel") ?? relation
  }

  /// Whether a list's end is known by counting what is on its pages.
  var counts: Bool { style == .offset || style == .page }

  /// `paging`, `none` and `error` of a fetcher.yml. `dataPath` is jq on the body: the list.
  func write(_ object: inout JSONWriter, dataPath: String) {
    guard style != .none else { return }
    object.add("paging", json: JSONWriter.object { writePaging(&$0, dataPath) })
    if counts {
      // There is no page after the last one, and some say so with this.
      object.add("none", text: ".page > 1 and .status == 404")
      object.add("error", text: contradiction(dataPath))
    } else if style == .cursor {
      object.add(
        "error",
        text:
          "(\(more)) as $more | (\(cursor)) as $cursor | if .status < 300 and $more == true and $cursor == null"
          + " then \(JSONText.quoted("there is more, and no cursor at \(cursorPath.map { "`\($0)`" } ?? "the usual places: set `cursorPath`")")) else null end"
      )
    }
  }

  private func writePaging(_ paging: inout JSONWriter, _ dataPath: String) {
    switch style {
    case .none: break
    case .offset: paging.add("offset", text: parameter ?? "offset")
    case .page:
      paging.add("page", text: parameter ?? "page")
      paging.add("start", start)
    case .cursor:
      paging.add("cursor", text: "(\(more)) as $more | if $more == false then null else (\(cursor)) end")
      paging.add("parameter", text: parameter ?? "cursor")
    case .nextLink: paging.add("next", text: Self.value(at: nextLinkPath))
    case .headerLink: paging.add("link", text: relation)
    }
    if style != .nextLink, style != .headerLink {
      paging.add("limit", text: sizeParameter ?? (style == .page ? "size" : "limit"))
      paging.add("size", size)
    }
    if counts {
      paging.add(
        "until",
        text: "(\(more)) as $more | (\(Self.isList(dataPath))) as $isList"
          + " | $more == false or ($more == null and ($isList | not))")
    }
  }
}

// MARK: What an answer says, in jq on the answer

extension OceanCustomPaging {
  /// Whether there is more: true, false, or null where the answer does not say.
  private var more: String {
    var places: [String] = []
    if let hasMorePath { places.append(Self.flag(Self.value(at: hasMorePath))) }
    if let lastPagePath {
      // A number is that of the last page; anything else says whether this one is.
      places.append(
        "\(Self.value(at: lastPagePath)) | if type == \"number\" then . > $answer.page + \(start - 1)"
          + " else \(Self.flag(".")) | if . == null then null else not end end")
    }
    if style == .page { places += ["next_page", "next"].map(Self.presence) }
    let names = style == .cursor ? ["has_more", "hasMore", "meta.has_more"] : ["has_more", "hasMore"]
    places += names.map { Self.flag(Self.value(at: $0)) }
    let list = places.map { "(\($0))" }.joined(separator: ", ")
    return ". as $answer | [\(list)] | map(select(. != null)) | .[0]"
  }

  /// What the next request says, null where there is nothing.
  private var cursor: String {
    let paths = cursorPath.map { [$0] } ?? ["next_cursor", "cursor", "meta.after_cursor", "links.next"]
    let list = paths.map { "(\(Self.value(at: $0)))" }.joined(separator: ", ")
    return "[\(list)] | map(select(. != null and . != false and . != \"\" and . != 0)) | .[0]"
  }

  /// What is wrong with an answer that does not let its pages be counted; null for nothing.
  private func contradiction(_ dataPath: String) -> String {
    let isObject = "(.body | type == \"object\") and ($isList | not)"
    let longest = "([.body | objects | .[] | arrays | length] | max // 0)"
    let says =
      style == .offset
      ? "$more == true or ($more == null and $longest >= \(size))" : "$more == null and $longest >= \(size)"
    return "(\(more)) as $more | (\(Self.isList(dataPath))) as $isList | \(longest) as $longest"
      + " | if .status >= 300 then null"
      + " elif (\(isObject)) and (\(says)) then \(JSONText.quoted(Self.needsDataPath))"
      + " elif $more == true and .count == 0 then \(JSONText.quoted(Self.emptyAndMore)) else null end"
  }

  private static let needsDataPath =
    "the answer is an object whose pages cannot be counted: set `data_path` to the list in it, as `.items`"
  private static let emptyAndMore = "there is more, and this page has no objects"

  /// The value at a path of keys with dots between, or at a key that is spelt like it; null where there is none.
  static func value(at path: String) -> String {
    let path = path.hasPrefix(".") ? String(path.dropFirst()) : path
    let keys = path.split(separator: ".").map { "[\(JSONText.quoted(String($0)))]" }.joined()
    let literal = JSONText.quoted(path)
    return "(.body | if type == \"object\" and has(\(literal)) then .[\(literal)]"
      + " else (try .\(keys) catch null) end)"
  }

  private static func flag(_ value: String) -> String {
    "\(value) | if . == null then null else"
      + " (. == false or . == 0 or . == \"\" or . == [] or . == {} | not) end"
  }

  /// Whether the member of that name, null for none, is there and not null.
  private static func presence(_ key: String) -> String {
    ".body | if type == \"object\" and has(\(JSONText.quoted(key))) then .[\(JSONText.quoted(key))] != null"
      + " else null end"
  }

  private static func isList(_ dataPath: String) -> String {
    "[.body | try (\(dataPath)\n) catch null] | .[0] | type == \"array\""
  }
}
