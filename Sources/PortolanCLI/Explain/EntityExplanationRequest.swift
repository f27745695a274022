import JQ
import Portolan
import PortolanCatalog

/// An entity of a local catalog that is to be explained.
struct EntityExplanationRequest {
  var key: EntityKey
  /// The catalog's revision, nil for now.
  var revision: Int?
  var field: String?

  /// Explains how the entity was made: the same object is mapped again by the same config.
  ///
  /// - Throws: `UsageError` where the catalog cannot be read.
  func answer(_ catalog: LocalCatalog, _ environment: JQEnvironment) async throws(UsageError) -> ExplainAnswer {
    var answer = ExplainAnswer()
    let view = try await withCatalog { try await EntityView.read(key, revision: revision, from: catalog) }
    guard let version = view?.version else {
      answer.message = "\(catalog.name) has no entity \(key)" + (revision.map { " at revision \($0)" } ?? "")
      answer.help = "`portolan catalog history \(key)` shows whether it had one"
      return answer
    }
    guard let origin = version.origin else {
      answer.message = "no run of Portolan made \(key), but \(version.datasource.map(Owner.short) ?? "somebody else")"
      answer.help = "`portolan sync` makes entities that can be explained"
      return answer
    }
    let config = try await withCatalog { try await CatalogConfig.read(version.configHash, from: catalog) }
    guard let config else {
      answer.message = "the catalog does not have the config that made \(key)"
      return answer
    }
    guard let raw = try await withCatalog({ try await rawObject(origin, catalog) }) else {
      answer.message = "the raw object that \(key) was made of is gone: \(Self.place(origin))"
      answer.help = "the catalog keeps raw objects if it is told to: `portolan sync --keep-raw 30d`"
      return answer
    }
    let page = RawPage(raw, objectsAt: .object, location: origin.location)
    let explainer = Explainer(config, page: page, environment: environment)
    let explanations = await explainer.explain(kind: origin.kind, .identifier(key.identifier), field: field)
    for explanation in explanations where explanation.index == origin.resource {
      guard let item = explanation.item else { continue }
      answer.explained.append(NamedExplanation(integration: nil, explanation: explanation, item: item))
    }
    if answer.explained.isEmpty {
      answer.message = "mapping the same object again does not give \(key): an expression read what is not kept"
      answer.help = "what expressions see as env is given with --allow-env, as it was at the sync"
    }
    return answer
  }

  private func rawObject(_ origin: EntityOrigin, _ catalog: LocalCatalog) async throws -> [UInt8]? {
    try await catalog.raw(hash: origin.rawHash) ?? RawObjectSearch.object(origin)
  }

  private static func place(_ origin: EntityOrigin) -> String {
    guard let location = origin.location else { return "it was not kept" }
    return "it was not kept, and is not in \(location.file) any more"
  }
}
