/// What an integration supplies, and all that it supplies: raw API objects of a kind.
///
/// A fetcher never maps or filters by jq and knows no blueprint; the engine never fetches.
///
/// ```swift
/// struct IssueFetcher: RawFetcher {
///   func fetch(_ request: RawRequest) -> AsyncThrowingStream<[RawObject], any Error> {
///     AsyncThrowingStream { continuation in
///       continuation.yield([RawObject(json: Array(#"{"key": "PORT-1"}"#.utf8))])
///       continuation.finish()
///     }
///   }
/// }
/// ```
public protocol RawFetcher: Sendable {
  /// The pages of raw objects that the API gives.
  associatedtype Pages: AsyncSequence where Pages.Element == [RawObject]

  /// Fetches the objects of a kind, page by page. A page is mapped before the next one is asked for.
  ///
  /// - Throws: through the sequence, whatever kept it from giving all objects.
  func fetch(_ request: RawRequest) -> Pages
}

/// What a fetcher is asked for.
public struct RawRequest: Sendable, Hashable {
  /// The kind of raw objects.
  public var kind: String
  /// The resource's whole selector as JSON: `{"query": "true", "jql": "…"}`.
  public var selector: String

  /// Creates a request.
  public init(kind: String, selector: String = "{}") {
    self.kind = kind
    self.selector = selector
  }
}
