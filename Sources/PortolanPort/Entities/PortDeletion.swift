import PortolanCatalog
import PortolanHTTP
import RawJSON

/// Deletes entities of one blueprint, in as many requests as it takes for one that is refused to cost only itself.
struct PortDeletion: Sendable {
  let api: PortAPI
  let blueprint: String
  let deletesDependents: Bool
  let run: CatalogRun

  /// What became of each, in their order. One that is not there is deleted.
  func delete(_ identifiers: ArraySlice<String>, atOnce: Int) async throws -> [WriteOutcome] {
    var outcomes: [WriteOutcome] = []
    var rest = identifiers
    while !rest.isEmpty {
      outcomes += try await delete(rest.prefix(max(1, atOnce))).ofBatch()
      rest = rest.dropFirst(max(1, atOnce))
    }
    return outcomes
  }

  private func delete(_ identifiers: ArraySlice<String>) async throws -> PortOutcomes {
    let answer = try await api.send(request(identifiers))
    switch answer.status {
    case 200..<300:
      let deleted = Self.deleted(answer)
      let isEach = identifiers.allSatisfy { deleted.contains(Array($0.utf8)) }
      let left = isEach ? [] : try await there(identifiers.filter { !deleted.contains(Array($0.utf8)) })
      return PortOutcomes(
        identifiers.map { left.contains(Array($0.utf8)) ? .refused(Self.kept(answer)) : Self.done($0) })
    case 400, 404, 409, 413, 422, 500: return try await divided(identifiers, answer)
    case 400..<500: return .refused(identifiers.count, answer)
    default: throw answer.problem
    }
  }

  /// Leaves out what is gone already, and deletes one half after the other, until what is refused is alone.
  private func divided(
    _ identifiers: ArraySlice<String>, _ answer: PortAnswer
  ) async throws -> PortOutcomes {
    let left = try await there(Array(identifiers))
    let rest = identifiers.filter { left.contains(Array($0.utf8)) }
    guard rest.count > 1 || rest.count < identifiers.count else {
      return .refused(identifiers.count, answer)
    }
    guard !rest.isEmpty else { return PortOutcomes(identifiers.map(Self.done)) }
    var outcomes: [[UInt8]: WriteOutcome] = [:]
    var failure: CatalogError? = answer.problem
    let middle = rest.count > 1 ? rest.count / 2 : rest.count
    for half in [rest[..<middle], rest[middle...]] where !half.isEmpty {
      let part = try await delete(half)
      if part.failure == nil { failure = nil }
      for (identifier, outcome) in zip(half, part.all) {
        outcomes[Array(identifier.utf8)] = outcome
      }
    }
    return PortOutcomes(
      identifiers.map { outcomes[Array($0.utf8)] ?? Self.done($0) }, failure: failure)
  }

  /// Which of them are still there.
  private func there(_ identifiers: [String]) async throws -> Set<[UInt8]> {
    let found = try await PortSearch(api: api).entities(identifiers, of: blueprint)
    return Set(found.map { Array($0.key.identifier.utf8) })
  }

  private static func deleted(_ answer: PortAnswer) -> Set<[UInt8]> {
    Set(
      (answer.document?["deletedEntities"]?.elements ?? []).compactMap { element in
        (element.text ?? element["identifier"]?.text).map { Array($0.utf8) }
      })
  }

  private static func done(_ identifier: String) -> WriteOutcome {
    .done(identifier: identifier, isNew: false)
  }

  private static func kept(_ answer: PortAnswer) -> WriteOutcome.Refusal {
    WriteOutcome.Refusal(
      status: answer.status, code: "kept", message: "the catalog kept it, and did not say why")
  }

  private func request(_ identifiers: ArraySlice<String>) -> APIRequest {
    let body = JSONWriter.object { body in
      body.key("entities")
      body.array { entities in
        for identifier in identifiers { entities.text(identifier) }
      }
    }
    return .write(
      .post, "\(PortPath.blueprint(blueprint))/bulk/entities/delete",
      query: [APIField("delete_dependents", "\(deletesDependents)")] + run.fields,
      headers: api.owning(run.owner), body)
  }
}
