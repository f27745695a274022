import PortolanCatalog

/// What became of a part of a batch that was divided.
struct PortOutcomes {
  /// What became of each, in their order.
  var all: [WriteOutcome]
  /// What Port said, where it failed at every request: then it is hardly for what was in them.
  var failure: CatalogError?

  init(_ all: [WriteOutcome], failure: CatalogError? = nil) {
    self.all = all
    self.failure = failure
  }

  /// Two parts, one after the other.
  static func + (one: Self, other: Self) -> Self {
    Self(one.all + other.all, failure: other.failure == nil ? nil : one.failure)
  }

  /// What became of each of a whole batch. Throws where Port failed at all of several.
  func ofBatch() throws(CatalogError) -> [WriteOutcome] {
    if let failure, all.count > 1 { throw failure }
    return all
  }

  /// All of a request, which was refused.
  static func refused(_ count: Int, _ answer: PortAnswer) -> Self {
    Self(
      Array(repeating: .refused(answer.refusal), count: count),
      failure: answer.status == 500 ? answer.problem : nil)
  }
}
