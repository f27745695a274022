/// How a list goes on from page to page.
///
/// ```swift
/// let byOffset = APIPaging.offset("startAt", limit: "maxResults", size: 50, total: ".body.total")
/// let byCursor = APIPaging.cursor(".body.nextPageToken", parameter: "nextPageToken", in: .body)
/// print(byOffset, byCursor, APIPaging.link(), APIPaging.next(".body.links.next"), APIPaging.onePage)
/// ```
///
/// Texts called `jq` here are evaluated on the answer: an object with `status`, `headers` (their names in small
/// letters), `body`, `page` (from 1), `count` (objects on this page) and `read` (objects so far).
public struct APIPaging: Sendable, Hashable {
  /// Where a request says which page is meant.
  public enum Place: String, Sendable, Hashable {
    /// In the URL.
    case query
    /// In the body, JSON or a form. In JSON, dots are between the keys that lead there: `variables.after`.
    case body
    /// In a header.
    case headers
  }

  /// What tells the pages apart.
  enum Style: Sendable, Hashable {
    case none
    case offset(String)
    case page(String)
    case cursor(String, parameter: String)
    case next(String)
    case link(String)
  }

  let style: Style
  var place = Place.query
  var limit: String?
  var size: Int?
  var start: Int?
  var total: String?
  var until: String?

  /// All objects are on one page.
  public static let onePage = APIPaging(style: .none)

  /// A request says the number of the first object. An empty page is the last one, or the one with which `total`
  /// objects have come.
  ///
  /// - Parameters:
  ///   - parameter: what says the number.
  ///   - limit: the parameter that says how many objects a page may have; nil for none.
  ///   - size: how many.
  ///   - start: the number of the very first object.
  ///   - total: jq: how many objects there are; nil where no answer says so.
  ///   - until: jq: whether this is the last page; nil where no answer says so.
  ///   - place: where the parameters go.
  /// - Returns: the paging.
  public static func offset(
    _ parameter: String, limit: String? = nil, size: Int? = nil, start: Int = 0, total: String? = nil,
    until: String? = nil, in place: Place = .query
  ) -> APIPaging {
    APIPaging(
      style: .offset(parameter), place: place, limit: limit, size: size, start: start, total: total,
      until: until)
  }

  /// A request says the page's number. An empty page is the last one, or the one with which `total` objects have come.
  ///
  /// - Parameters:
  ///   - parameter: what says the number.
  ///   - limit: the parameter that says how many objects a page may have; nil for none.
  ///   - size: how many.
  ///   - start: the number of the first page.
  ///   - total: jq: how many objects there are; nil where no answer says so.
  ///   - until: jq: whether this is the last page; nil where no answer says so.
  ///   - place: where the parameters go.
  /// - Returns: the paging.
  public static func page(
    _ parameter: String, limit: String? = nil, size: Int? = nil, start: Int = 1, total: String? = nil,
    until: String? = nil, in place: Place = .query
  ) -> APIPaging {
    APIPaging(
      style: .page(parameter), place: place, limit: limit, size: size, start: start, total: total,
      until: until)
  }

  /// An answer says what the next request carries: a cursor, or a token.
  ///
  /// - Parameters:
  ///   - jq: what the next request carries; null, false or `""` on the last page.
  ///   - parameter: what carries it.
  ///   - limit: the parameter that says how many objects a page may have; nil for none.
  ///   - size: how many.
  ///   - total: jq: how many objects there are; nil where no answer says so.
  ///   - until: jq: whether this is the last page, where it has a cursor as well; nil where it has none.
  ///   - place: where the parameters go.
  /// - Returns: the paging.
  public static func cursor(
    _ jq: String, parameter: String, limit: String? = nil, size: Int? = nil, total: String? = nil,
    until: String? = nil, in place: Place = .query
  ) -> APIPaging {
    APIPaging(
      style: .cursor(jq, parameter: parameter), place: place, limit: limit, size: size, total: total,
      until: until)
  }

  /// An answer says the next page's URL, whole or relative to its own; null, false or `""` on the last page.
  public static func next(_ jq: String) -> APIPaging {
    APIPaging(style: .next(jq))
  }

  /// The header `Link` (RFC 8288) says the next page's URL, under that relation.
  public static func link(_ relation: String = "next") -> APIPaging {
    APIPaging(style: .link(relation))
  }
}
