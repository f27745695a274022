import Synchronization

/// Where a dry run's raw objects come from.
enum RunSource: Sendable {
  /// A folder of fixtures.
  case fixtures(FixtureFolder)
  /// Whatever a fetcher supplies. Some of it is kept, to look at it again.
  case fetcher(any RawFetcher, RawSample)

  /// The objects of a kind once more: all fixtures, or the first ones that a fetcher supplied.
  func pages(ofKind kind: String) -> AnyIterator<RawPage> {
    switch self {
    case .fixtures(let folder):
      var pages = FixturePages(files: folder.files(ofKind: kind)).makeAsyncIterator()
      return AnyIterator { try? pages.nextPage() }
    case .fetcher(_, let sample): return AnyIterator(sample.pages(ofKind: kind).makeIterator())
    }
  }
}

/// The first pages of each kind that a fetcher supplies.
final class RawSample: Sendable {
  /// How much is kept of a kind, in bytes.
  private static let limit = 4 << 20

  private let kept = Mutex<[String: [RawPage]]>([:])

  func pages(ofKind kind: String) -> [RawPage] { kept.withLock { $0[kind] ?? [] } }

  func keep(_ page: RawPage, ofKind kind: String) {
    kept.withLock { kept in
      let size = kept[kind, default: []].map(\.bytes.count).reduce(0, +)
      if size == 0 || size + page.bytes.count <= Self.limit { kept[kind, default: []].append(page) }
    }
  }
}

/// A fetcher whose first pages are kept.
struct SampledFetcher<Base: RawFetcher>: RawFetcher {
  let base: Base
  let sample: RawSample

  func fetch(_ request: FetchRequest) -> AsyncMapSequence<Base.Pages, RawPage> {
    base.fetch(request).map { [sample] page in
      sample.keep(page, ofKind: request.kind)
      return page
    }
  }
}
