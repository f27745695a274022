import Portolan
import RawJSON

/// The objects of a list, one after another. ``APIClient/objects(of:)`` makes it.
///
/// ```swift
/// for try await team in client.objects(of: APIList(APIRequest(.get, "/teams"), items: ".teams")) {
///   print(team["name"]?.text ?? "no name")
/// }
/// ```
public struct APIObjects: AsyncSequence, Sendable {
  /// An object.
  public typealias Element = JSONView

  let pages: Relay<ObjectPage>

  /// Begins to fetch.
  public func makeAsyncIterator() -> Iterator {
    Iterator(pages: pages.makeAsyncIterator())
  }

  /// Takes object after object.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var pages: Relay<ObjectPage>.Iterator
    /// The objects of the page that is being taken, the next one last.
    private var objects: [JSONView] = []

    fileprivate init(pages: Relay<ObjectPage>.Iterator) {
      self.pages = pages
    }

    /// The next object, nil after the last one.
    ///
    /// - Throws: `APIError` where the list cannot be read to its end, `Diagnostic` where its jq does not compile or
    ///   fails, and `CancellationError`.
    public mutating func next() async throws -> JSONView? {
      while objects.isEmpty {
        guard let page = try await pages.next() else { return nil }
        objects = page.objects.reversed().map { JSONView(valid: Array(page.bytes[$0])) }
      }
      return objects.removeLast()
    }
  }
}
