/// Gives what is to be sent, bit by bit.
protocol BatchSource<Batch>: AnyObject {
  associatedtype Batch: Sendable

  /// What is sent next. Nil where there is nothing more, or, while others are under way (`isBusy`), nothing before one of
  /// them is done.
  func next(isBusy: Bool) throws -> Batch?

  /// Hears that a batch is not under way any more.
  func finished(_ batch: Batch) throws
}

/// Sends batches, some at the same time.
enum BatchFlow {
  /// Sends all that `source` gives.
  ///
  /// - Parameters:
  ///   - source: what is sent.
  ///   - width: how many batches are under way at the same time.
  ///   - goesOn: whether another one may be sent.
  ///   - send: sends one. What is under way is not cancelled with the task.
  ///   - settle: is told what became of it, one at a time.
  /// - Throws: what `source` or `settle` throws.
  static func run<Source: BatchSource, Answer: Sendable>(
    _ source: Source, width: Int, while goesOn: () -> Bool,
    send: @escaping @Sendable (Source.Batch) async -> Answer,
    settle: (Source.Batch, Answer) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Source.Batch, Answer).self) { group in
      var underWay = 0
      while true {
        while underWay < max(1, width), goesOn(), let batch = try source.next(isBusy: underWay > 0) {
          group.addTask { (batch, await Task { await send(batch) }.value) }
          underWay += 1
        }
        guard underWay > 0, let (batch, answer) = try await group.next() else { return }
        underWay -= 1
        try settle(batch, answer)
        try source.finished(batch)
      }
    }
  }

  /// Does something that is not cancelled with the task.
  static func whole<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
    -> Value
  {
    try await Task { try await body() }.value
  }
}
