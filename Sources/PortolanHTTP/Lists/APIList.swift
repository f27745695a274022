import Portolan

/// A list of objects that an API gives, page by page: what a `fetcher.yml` says of a kind, in Swift.
///
/// ```swift
/// let boards = APIList(
///   APIRequest(.get, "/rest/agile/1.0/board"), items: ".values",
///   paging: .offset("startAt", limit: "maxResults", size: 50, until: ".body.isLast"))
/// for try await board in client.objects(of: boards) { print(board["name"]?.text ?? "no name") }
/// ```
///
/// Its texts are jq. What ``items`` and ``added`` see is in their comments; ``none``, ``error`` and ``retry`` are
/// evaluated on the answer, as what ``APIPaging`` has is. `parent` is ``parent`` in all of them: what differs from
/// parent to parent is not written into their texts, so that they are compiled once.
public struct APIList: Sendable {
  /// The request for the first page. The paging adds to it.
  public var request: APIRequest
  /// jq on an answer's body: where the objects are, as `.values`. Nil for the body itself, a list or one object.
  public var items: String?
  /// How the list goes on.
  public var paging: APIPaging
  /// jq: whether the answer says that there are none here: `.status == 404`.
  public var none: String?
  /// jq: what the answer says went wrong, whatever its status; null or false for nothing. It ends the list.
  public var error: String?
  /// jq: whether to ask once more a little later.
  public var retry: String?
  /// What is added to each object, by key: jq on the object. By custom keys begin with `__`.
  public var added: [String: String]
  /// What the list is asked for: `parent` in every expression.
  public var parent: JSONView?
  /// Where the list is defined, for messages about its jq.
  let location: SourceLocation

  /// Creates a list.
  ///
  /// - Parameters:
  ///   - request: the request for the first page. In its path, ``APIRequest/segment(_:)`` encodes what is not known to
  ///     be harmless.
  ///   - items: jq on an answer's body: where the objects are.
  ///   - paging: how the list goes on.
  ///   - none: jq: whether the answer says that there are none here.
  ///   - error: jq: what the answer says went wrong.
  ///   - retry: jq: whether to ask once more a little later.
  ///   - added: what is added to each object: jq on the object.
  ///   - parent: what the list is asked for.
  ///   - file: where the list is defined.
  ///   - line: where in the file.
  public init(
    _ request: APIRequest, items: String? = nil, paging: APIPaging = .onePage, none: String? = nil,
    error: String? = nil, retry: String? = nil, added: [String: String] = [:], parent: JSONView? = nil,
    file: String = #fileID, line: Int = #line
  ) {
    self.request = request
    self.items = items
    self.paging = paging
    self.none = none
    self.error = error
    self.retry = retry
    self.added = added
    self.parent = parent
    location = SourceLocation(file: file, line: line, column: 1)
  }
}
