import Portolan

/// What is fetched side by side for several parents, and delivered in their order.
final class OrderedFetches {
  /// How many in a row may get no answer at all before the rest is left: each has been tried many times by then.
  private static let outageLimit = 3

  private let limit: Int
  private let receive: (ObjectPage) async throws -> Void
  private var running: [Relay<ObjectPage>.Iterator] = []
  private var failures = FetchFailures()
  /// How many in a row got no answer.
  private var outages = 0
  /// Why nothing more is delivered.
  private var end: (any Error)?

  /// - Parameters:
  ///   - limit: how many are fetched at the same time.
  ///   - receive: takes the pages.
  init(limit: Int, _ receive: @escaping (ObjectPage) async throws -> Void) {
    self.limit = max(1, limit)
    self.receive = receive
  }

  /// Begins with one more, once there is room for it.
  ///
  /// - Throws: what `receive` throws, and what makes it senseless to go on.
  func begin(
    _ fetch: @escaping @Sendable (Relay<ObjectPage>.Output) async throws -> Void
  ) async throws {
    if running.count >= limit { try await deliverFirst() }
    running.append(Relay(fetch).makeAsyncIterator())
  }

  /// Records that not all could be begun.
  func fail(_ error: any Error) {
    if error is CancellationError || error.isHopeless { end = end ?? error }
    failures.add(error)
  }

  /// Delivers what is left.
  ///
  /// - Throws: where one or more failed, which does not keep the others from being delivered: ``FetchFailures``; and
  ///   what `receive` throws.
  func finish() async throws {
    if let end { throw end }
    while !running.isEmpty { try await deliverFirst() }
    if let failure = failures.asOne { throw failure }
  }

  private func deliverFirst() async throws {
    var pages = running.removeFirst()
    do {
      while let page = try await pages.next() { try await deliver(page) }
      outages = 0
    } catch {
      if let end { throw end }
      failures.add(error)
      outages = error.isOutage ? outages + 1 : 0
      guard error is CancellationError || error.isHopeless || outages >= Self.outageLimit else { return }
      let end: any Error = outages >= Self.outageLimit ? failures.asOne ?? error : error
      self.end = end
      throw end
    }
  }

  private func deliver(_ page: ObjectPage) async throws {
    do {
      try await receive(page)
    } catch {
      end = error
      throw error
    }
  }
}

/// Requests of one kind that failed.
struct FetchFailures: Error, CustomStringConvertible {
  private(set) var first: (any Error)?
  private(set) var count = 0

  mutating func add(_ error: any Error) {
    if first == nil { first = error }
    count += (error as? FetchFailures)?.count ?? 1
  }

  /// All of them as one error; nil where none failed. A finding stays one, with the number of those like it.
  var asOne: (any Error)? {
    guard var finding = first as? Diagnostic else { return count == 1 ? first : count == 0 ? nil : self }
    finding.similar += count - 1
    return finding
  }

  var description: String {
    let others = count - ((first as? FetchFailures)?.count ?? 1)
    let rest =
      others > 0 ? "; \(others) other \(others == 1 ? "request" : "requests") of this kind failed too" : ""
    return (first.map { "\($0)" } ?? "nothing failed") + rest
  }
}

extension Error {
  /// Whether all other requests will fail alike.
  fileprivate var isHopeless: Bool {
    switch (self as? APIError)?.reason {
    case .status(401, _), .credentials, .wait: true
    default: false
    }
  }

  /// Whether there was no answer, or one that says that the API is out of order.
  fileprivate var isOutage: Bool {
    switch (self as? APIError)?.reason {
    case .connection, .timeout: true
    case .status(let status, _): status == 408 || status == 429 || status >= 500
    default: false
    }
  }
}
