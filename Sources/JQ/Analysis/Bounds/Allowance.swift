/// How large an input may be for an expression to be evaluated in this process. For a larger one a ``Sandbox``
/// evaluates it, where time and memory are counted.
///
/// A cost tells how time and memory grow with the input, so that the input's size says what they can come to.
struct Allowance: Sendable {
  private let cost: EvaluationCost
  private let limit: Limit
  /// Every input that is at most so many bytes of JSON is admitted.
  let bytes: Int

  /// What expressions of this cost are allowed within `limits`.
  init(_ cost: EvaluationCost, _ limits: JQLimits) {
    self.cost = cost
    limit = Limit(limits)
    bytes = Self.largest { [limit] bytes in
      limit.admits(cost, InputExtent(values: bytes / 2 + 1, bytes: bytes))
    }
  }

  /// Whether an input of which the expression reads so much is small enough.
  func admits(_ extent: InputExtent) -> Bool { limit.admits(cost, extent) }

  /// An input of so much is never admitted unless every one is: there is no need to measure further.
  var measured: Int { bytes > Self.most / 64 ? Self.most : bytes * 32 + 1000 }

  private static let most = 1 << 40

  /// The largest number that `admits` holds for, of which it holds for all smaller ones.
  private static func largest(_ admits: (Int) -> Bool) -> Int {
    var (low, high) = (0, most)
    if admits(high) { return .max }
    while low < high {
      let middle = low + (high - low + 1) / 2
      if admits(middle) { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// How much an input is.
struct InputExtent: Equatable, Sendable {
  /// The values in it, it and what is inside.
  var values = 0
  /// About as many bytes as its JSON has.
  var bytes = 0
}

/// What is spent in this process on one expression and one input: within the user's limits, and no more than a
/// second, so that a process of its own is no luxury where it takes longer.
private struct Limit: Sendable {
  private let steps: Double
  private let nanoseconds: Double
  private let bytes: Double

  /// libjq takes 100 to 300 ns for a step, which may leave a value of 16 bytes and more.
  private static let nanosecondsPerStep = 300.0
  private static let bytesPerStep = 64.0

  init(_ limits: JQLimits) {
    nanoseconds = Double(min(max(limits.microseconds, 100_000), 1_000_000)) * 1000
    bytes = Double(min(max(limits.bytes, 16 << 20), 512 << 20)) / 4
    steps = min(nanoseconds / Self.nanosecondsPerStep, bytes * 4 / Self.bytesPerStep)
  }

  /// Pairs of parts of an input have no more than a quarter of its square.
  func admits(_ cost: EvaluationCost, _ extent: InputExtent) -> Bool {
    let values = Double(extent.values) + Double(extent.bytes) / (cost.breaksTexts ? 1 : 16)
    let copies = Double(cost.copies)
    return Growth(factor: cost.time == 0 ? 0 : 1, power: cost.time)(copies * values) <= steps
      && Growth(factor: cost.size < 2 ? 1 : 0.25, power: cost.size)(copies * Double(extent.bytes)) <= bytes
      && cost.work(Double(extent.bytes)) <= nanoseconds
  }
}
