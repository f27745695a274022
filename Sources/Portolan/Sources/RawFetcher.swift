/// What an integration supplies, and all that it supplies: raw API objects of a kind.
///
/// A fetcher never maps or filters by jq and knows no blueprint; the engine never fetches.
///
/// ```swift
/// struct IssueFetcher: RawFetcher {
///   func fetch(_ request: FetchRequest) -> AsyncThrowingStream<RawPage, any Error> {
///     AsyncThrowingStream { continuation in
///       continuation.yield(RawPage(Array(#"[{"key": "PORT-1"}]"#.utf8)))
///       continuation.finish()
///     }
///   }
/// }
/// ```
public protocol RawFetcher: Sendable {
  /// The pages of raw objects, as the API sends them.
  associatedtype Pages: AsyncSequence & Sendable where Pages.Element == RawPage

  /// Fetches the objects of a kind, page by page. A few pages are fetched ahead of those that are mapped.
  ///
  /// - Throws: through the sequence, whatever kept it from giving all objects.
  func fetch(_ request: FetchRequest) -> Pages
}

/// What a fetcher is asked for.
public struct FetchRequest: Sendable, Hashable {
  /// The kind of raw objects.
  public var kind: String
  /// The settings of the selectors that the objects are for, as a JSON object without its `query`:
  /// `{"jql": "…"}`. Resources of one kind with the same settings are fetched once.
  public var selector: String

  /// Creates a request.
  public init(kind: String, selector: String = "{}") {
    self.kind = kind
    self.selector = selector
  }
}
