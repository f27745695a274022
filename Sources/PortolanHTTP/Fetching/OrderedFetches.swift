import Portolan

/// What is fetched side by side for several parents, and delivered in their order.
final class OrderedFetches {
  private let limit: Int
  private let receive: (ObjectPage) async throws -> Void
  private var running: [Relay<ObjectPage>.Iterator] = []
  private var failures: [any Error] = []
  /// What `receive` threw: nothing more is delivered then.
  private var receiverFailure: (any Error)?

  /// - Parameters:
  ///   - limit: how many are fetched at the same time.
  ///   - receive: takes the pages.
  init(limit: Int, _ receive: @escaping (ObjectPage) async throws -> Void) {
    self.limit = max(1, limit)
    self.receive = receive
  }

  /// Begins with one more, once there is room for it.
  ///
  /// - Throws: what `receive` throws, and what ends all: see ``finish()``.
  func begin(
    _ fetch: @escaping @Sendable (Relay<ObjectPage>.Output) async throws -> Void
  ) async throws {
    if running.count >= limit { try await deliverFirst() }
    running.append(Relay(fetch).makeAsyncIterator())
  }

  /// Records that not all could be begun.
  func fail(_ error: any Error) {
    failures.insert(error, at: 0)
  }

  /// Delivers what is left.
  ///
  /// - Throws: where one or more failed, which does not keep the others from being delivered: ``FetchFailures``.
  func finish() async throws {
    if let receiverFailure { throw receiverFailure }
    if failures.first is CancellationError { throw CancellationError() }
    if let error = failures.first as? APIError, error.isHopeless { throw error }
    while !running.isEmpty { try await deliverFirst() }
    guard let first = failures.first else { return }
    throw failures.count == 1 ? first : FetchFailures(first: first, others: failures.count - 1)
  }

  private func deliverFirst() async throws {
    var pages = running.removeFirst()
    while true {
      let page: ObjectPage?
      do {
        page = try await pages.next()
      } catch let error as APIError where error.isHopeless {
        throw error
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        failures.append(error)
        return
      }
      guard let page else { return }
      do {
        try await receive(page)
      } catch {
        receiverFailure = error
        throw error
      }
    }
  }
}

/// Several requests of one kind failed.
struct FetchFailures: Error, CustomStringConvertible {
  var first: any Error
  var others: Int

  var description: String {
    "\(first); \(others) other \(others == 1 ? "request" : "requests") of this kind failed too"
  }
}

extension APIError {
  /// Whether all other requests will fail alike.
  fileprivate var isHopeless: Bool {
    switch reason {
    case .status(401, _), .credentials, .wait: true
    default: false
    }
  }
}
