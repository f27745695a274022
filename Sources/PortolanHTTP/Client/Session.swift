import Synchronization

/// Credentials that are made, are valid for a while, and are made again: once for all who wait for them.
final class Session: Sendable {
  /// Credentials, and which in the row they are.
  struct Signature: Sendable {
    /// What requests carry.
    var credentials: Credentials
    /// Grows with each renewal.
    var generation: Int
  }

  private struct Held {
    var signature: Signature
    /// When they are renewed, by the clock.
    var end: Double?
  }

  private struct State {
    var held: Held?
    var generation = 0
    var renewal: Task<Void, Never>?
    var count = 0
    var waiting: [Int: CheckedContinuation<Signature, any Error>] = [:]
  }

  private let make: @Sendable () async throws -> Credentials
  private let clock: ClientClock
  private let state = Mutex(State())

  /// A session that `make` begins.
  init(clock: ClientClock, make: @escaping @Sendable () async throws -> Credentials) {
    self.clock = clock
    self.make = make
  }

  /// Whether credentials may still be used.
  func holds(_ signature: Signature) -> Bool {
    valid()?.generation == signature.generation
  }

  /// Credentials that are not those of `refused`. Throws what making them threw.
  func signature(insteadOf refused: Signature? = nil) async throws -> Signature {
    let number = state.withLock { state in
      if let refused, state.held?.signature.generation == refused.generation { state.held = nil }
      state.count += 1
      return state.count
    }
    if let valid = valid() { return valid }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait(number, $0) }
    } onCancel: {
      cancel(number)
    }
  }

  private func valid() -> Signature? {
    let now = clock.now()
    return state.withLock { state in
      state.held.flatMap { held in (held.end ?? .infinity) > now ? held.signature : nil }
    }
  }

  private func wait(_ number: Int, _ continuation: CheckedContinuation<Signature, any Error>) {
    let now = clock.now()
    let result: Result<Signature, any Error>? = state.withLock { state in
      if Task.isCancelled { return .failure(CancellationError()) }
      if let held = state.held, (held.end ?? .infinity) > now { return .success(held.signature) }
      state.waiting[number] = continuation
      if state.renewal == nil {
        state.generation += 1
        let generation = state.generation
        state.renewal = Task { await self.renew(generation) }
      }
      return nil
    }
    if let result { continuation.resume(with: result) }
  }

  /// Whoever is cancelled goes away; with the last one the renewal ends too.
  private func cancel(_ number: Int) {
    let (continuation, renewal) = state.withLock { state in
      let continuation = state.waiting.removeValue(forKey: number)
      guard continuation != nil, state.waiting.isEmpty else {
        return (continuation, Task<Void, Never>?.none)
      }
      defer { state.renewal = nil }
      return (continuation, state.renewal)
    }
    renewal?.cancel()
    continuation?.resume(throwing: CancellationError())
  }

  private func renew(_ generation: Int) async {
    let result: Result<Signature, any Error>
    var end: Double?
    do {
      let start = clock.now()
      let credentials = try await make()
      result = .success(Signature(credentials: credentials, generation: generation))
      end = credentials.lifetime.map { start + Self.used($0.inSeconds) }
    } catch {
      result = .failure(error)
    }
    let waiting = state.withLock { state in
      // Nobody waits for this one any more, and another may be under way.
      guard state.generation == generation, state.renewal != nil else {
        return [Int: CheckedContinuation<Signature, any Error>]()
      }
      state.renewal = nil
      state.held = (try? result.get()).map { Held(signature: $0, end: end) }
      defer { state.waiting = [:] }
      return state.waiting
    }
    for continuation in waiting.values { continuation.resume(with: result) }
  }

  /// How long credentials of a lifetime are used: they are renewed a minute before its end, or a tenth of it.
  private static func used(_ lifetime: Double) -> Double {
    lifetime - min(60, lifetime / 10)
  }
}
