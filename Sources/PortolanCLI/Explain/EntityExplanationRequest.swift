import JQ
import Portolan
import PortolanCatalog

/// An entity of a local catalog that is to be explained.
struct EntityExplanationRequest {
  var key: EntityKey
  /// The catalog's revision, nil for now.
  var revision: Int?
  var field: String?
  /// How commands are told of the catalog.
  var option: String

  /// Explains how the entity was made: the same object is mapped again by the same config.
  ///
  /// - Throws: `UsageError` where the catalog cannot be read.
  func answer(_ catalog: LocalCatalog, _ environment: JQEnvironment) async throws(UsageError) -> ExplainAnswer
  {
    let key = key
    let versions = try await withCatalog { try await catalog.history(of: key) }
    guard let version = versions.first(where: { $0.revision <= revision ?? .max }), version.document != nil
    else {
      let absence = EntityAbsence(
        key, revision: revision, versions: versions, in: catalog.name, option: option)
      return ExplainAnswer(message: absence.message, help: absence.help)
    }
    guard let origin = version.origin else { return notMapped(version, among: versions) }
    let config = try await withCatalog { try await CatalogConfig.read(version.configHash, from: catalog) }
    guard let config else {
      return ExplainAnswer(
        message: "\(catalog.name) does not have the config that made \(key)",
        help: "`portolan catalog show \(key.word)\(option)` shows what is known of it")
    }
    let raw = try await withCatalog {
      try await catalog.raw(hash: origin.rawHash) ?? RawObjectSearch.object(origin)
    }
    guard let raw else {
      return ExplainAnswer(
        message: "the raw object that \(key) was made of is gone: \(Self.loss(of: origin))",
        help:
          "`portolan explain \(ShellWord.quoted(origin.kind)) --identifier \(ShellWord.quoted(key.identifier))` explains "
          + "what the mapping makes now; `portolan sync --keep-raw 30d` keeps raw objects")
    }
    return await explain(
      RawPage(raw, objectsAt: .object, location: origin.location), origin, config, environment)
  }

  private func explain(
    _ page: RawPage, _ origin: EntityOrigin, _ config: PortAppConfig, _ environment: JQEnvironment
  ) async -> ExplainAnswer {
    let explainer = Explainer(config, page: page, environment: environment)
    let known = explainer.fields(ofKind: origin.kind)
    if let field, !known.contains(where: { Explainer.names(field, $0) }) {
      return ExplainAnswer(
        message: "the mapping of \(key) has no field `\(field)`",
        help: Suggestion.help(for: field, among: known.unique, "the fields are"))
    }
    var answer = ExplainAnswer()
    for explanation in await explainer.explain(kind: origin.kind, choice(origin, config), field: field)
    where explanation.index == origin.resource {
      guard let item = explanation.item else { continue }
      answer.explained.append(NamedExplanation(integration: nil, explanation: explanation, item: item))
    }
    if answer.explained.isEmpty {
      answer.message =
        "mapping the same object again does not give \(key): an expression read what is not kept"
      answer.help = "what expressions see as env is given with --allow-env, as it was at the sync"
    }
    return answer
  }

  /// Which item it is. A search query's object does not say which entity it stands for.
  private func choice(_ origin: EntityOrigin, _ config: PortAppConfig) -> ItemChoice {
    let mapping = config.resources.first { $0.index == origin.resource }?.mappings
    if let mapping, mapping.indices.contains(origin.mapping), case .query = mapping[origin.mapping].identifier
    {
      return .first
    }
    return .identifier(key.identifier)
  }

  // MARK: What cannot be explained

  /// Says who else made a version, and which version a mapping made before it.
  private func notMapped(_ version: EntityVersion, among versions: [EntityVersion]) -> ExplainAnswer {
    var answer = ExplainAnswer()
    answer.message =
      version.datasource == nil
      ? "no mapping made \(key): it is there because others relate to it"
      : "no mapping made \(key): it was written by \(Writer.name(of: version))"
    let mapped = versions.first { $0.origin != nil && $0.revision < version.revision }
    answer.help =
      mapped.map {
        "`portolan explain --entity \(key.word) --revision \($0.revision)\(option)` explains what a mapping made of it "
          + "before"
      } ?? "`portolan catalog show \(key.word)\(option)` shows what is known of it"
    return answer
  }

  private static func loss(of origin: EntityOrigin) -> String {
    guard let file = origin.location?.file else { return "it was not kept" }
    return file.contains("://")
      ? "it was fetched from \(file), and not kept" : "it was not kept, and \(file) has it no more as it was"
  }
}
