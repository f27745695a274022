import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Writes entities of one blueprint, in as many requests as it takes for one that is refused to cost only itself.
struct PortUpsert: Sendable {
  let api: PortAPI
  let blueprint: String
  let options: UpsertOptions
  let run: CatalogRun

  /// What became of each, in their order.
  func write(_ writes: ArraySlice<EntityWrite>, _ limits: CatalogLimits) async throws -> [WriteOutcome] {
    var outcomes: [WriteOutcome] = []
    var rest = writes
    while !rest.isEmpty {
      let count = Self.fitting(rest, limits)
      outcomes += try await write(rest.prefix(count)).ofBatch()
      rest = rest.dropFirst(count)
    }
    return outcomes
  }

  /// How many of the first ones go into one request: one at least.
  private static func fitting(_ writes: ArraySlice<EntityWrite>, _ limits: CatalogLimits) -> Int {
    var bytes = 16
    var count = 0
    for write in writes.prefix(max(1, limits.entities)) {
      bytes += write.json.count + 1
      if count > 0, bytes > limits.bytes { break }
      count += 1
    }
    return count
  }

  private func write(_ writes: ArraySlice<EntityWrite>) async throws -> PortOutcomes {
    let answer = try await api.send(request(writes))
    switch answer.status {
    case 200..<300: return PortOutcomes(BulkAnswer(answer, writes).outcomes)
    case 413 where writes.count == 1:
      return PortOutcomes([.refused(tooLarge(answer, writes.first?.json.count ?? 0))])
    // A 500 is an answer of what handles the entities: it may be one of them that it cannot handle.
    case 400, 404, 409, 413, 422, 500:
      return try await divided(writes, answer)
    case 400..<500: return .refused(writes.count, answer)
    default: throw answer.problem
    }
  }

  /// Writes one half after the other, until what is refused is alone.
  private func divided(_ writes: ArraySlice<EntityWrite>, _ answer: PortAnswer) async throws -> PortOutcomes {
    guard writes.count > 1, try await !lacksBlueprint(answer) else {
      return .refused(writes.count, answer)
    }
    let middle = writes.startIndex + writes.count / 2
    let first = try await write(writes[..<middle])
    return try await first + write(writes[middle...])
  }

  /// Whether a refusal is for the blueprint, and so for all of its entities.
  private func lacksBlueprint(_ answer: PortAnswer) async throws -> Bool {
    guard answer.status == 404 else { return false }
    return try await api.thing(PortPath.blueprint(blueprint), "blueprint") == nil
  }

  private func tooLarge(_ answer: PortAnswer, _ bytes: Int) -> WriteOutcome.Refusal {
    let words = answer.message.isEmpty ? "" : ": \(answer.message)"
    return WriteOutcome.Refusal(
      status: 413, code: answer.code.isEmpty ? "too_large" : answer.code,
      message: "its \(bytes) bytes are more than the catalog takes at once\(words)")
  }

  private func request(_ writes: ArraySlice<EntityWrite>) -> APIRequest {
    let body = JSONWriter.object { $0.add("entities", array: writes.map(\.json)) }
    let query = [
      APIField("upsert", "true"), APIField("merge", "\(options.merges)"),
      APIField("create_missing_related_entities", "\(options.createsMissingRelated)"),
      APIField("validation_only", "false"),
    ]
    return .write(
      .post, "\(PortPath.blueprint(blueprint))/entities/bulk", query: query + run.fields,
      headers: api.owning(run.owner), body)
  }
}

extension CatalogRun {
  /// What requests say of the run that they belong to, as Ocean's do.
  var fields: [APIField] {
    [APIField("ocean_info_event_type", "resync"), APIField("ocean_info_resync_id", id)]
  }
}
