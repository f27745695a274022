import Synchronization

/// Where a dry run's raw objects come from.
enum RunSource: Sendable {
  /// A folder of fixtures.
  case fixtures(FixtureFolder)
  /// Whatever a fetcher supplies. Some of it is kept, to look at it again.
  case fetcher(any RawFetcher, RawSample)

  /// Whether it is a folder of fixtures.
  var isFixtures: Bool {
    if case .fixtures = self { true } else { false }
  }

  /// The objects that a request is answered with, once more: all fixtures, or the first ones that a fetcher supplied.
  func pages(for request: FetchRequest) -> AnyIterator<RawPage> {
    switch self {
    case .fixtures(let folder):
      var pages = FixturePages(files: folder.files(ofKind: request.kind)).makeAsyncIterator()
      return AnyIterator { try? pages.nextPage() }
    case .fetcher(_, let sample): return AnyIterator(sample.pages(for: request).makeIterator())
    }
  }
}

/// The first pages that a fetcher supplies for each request.
final class RawSample: Sendable {
  /// How much is kept for a request, in bytes.
  private static let limit = 4 << 20

  private let kept = Mutex<[FetchRequest: [RawPage]]>([:])

  func pages(for request: FetchRequest) -> [RawPage] { kept.withLock { $0[request] ?? [] } }

  func keep(_ page: RawPage, for request: FetchRequest) {
    kept.withLock { kept in
      let size = kept[request, default: []].map(\.bytes.count).reduce(0, +)
      if size == 0 || size + page.bytes.count <= Self.limit { kept[request, default: []].append(page) }
    }
  }
}

/// A fetcher whose first pages are kept.
struct SampledFetcher<Base: RawFetcher>: RawFetcher {
  let base: Base
  let sample: RawSample

  func fetch(_ request: FetchRequest) -> AsyncMapSequence<Base.Pages, RawPage> {
    base.fetch(request).map { [sample] page in
      sample.keep(page, for: request)
      return page
    }
  }
}
