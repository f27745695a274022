import Portolan
import PortolanCatalog
import RawJSON

/// An entity of a local catalog with all that is known of it.
struct EntityView {
  var key: EntityKey
  var version: EntityVersion
  /// The entity as one line of JSON.
  var entity: [UInt8]
  /// Which of its versions it is, counted from 1.
  var number: Int
  var versionCount: Int
  var fields: [FieldProvenance]
  /// What it relates to.
  var relations: [RelatedEntity]
  /// What relates to it, nil for a version that is not the newest.
  var relatedBy: [RelatedEntity]?

  /// Reads an entity as it is, or as it was at a revision; nil where there is or was none.
  static func read(
    _ key: EntityKey, revision: Int?, among versions: [EntityVersion], from catalog: LocalCatalog
  ) async throws -> EntityView? {
    let place = versions.firstIndex { $0.revision <= revision ?? .max }
    guard let place, let entity = versions[place].document else { return nil }
    let version = versions[place]
    let config = try await CatalogConfig.read(version.configHash, from: catalog)
    return EntityView(
      key: key, version: version, entity: entity, number: versions.count - place,
      versionCount: versions.count,
      fields: FieldProvenance.fields(of: entity, origin: version.origin, config: config),
      relations: try await relations(of: key, entity, from: catalog),
      // What related to an earlier version is not known.
      relatedBy: place == 0 ? try await catalog.relatedEntities(to: [key]) : nil)
  }

  private static func relations(
    of key: EntityKey, _ entity: [UInt8], from catalog: LocalCatalog
  ) async throws -> [RelatedEntity] {
    let document = try await catalog.blueprint(key.blueprint).map { JSONView(valid: $0) }
    return EntityDocument.relations(of: entity).flatMap { name, identifiers in
      let target = document?["relations"]?[name]?["target"]?.text ?? "?"
      return identifiers.map { RelatedEntity(key, name, to: EntityKey(target, $0)) }
    }
  }

  /// The view as one document.
  var json: [UInt8] {
    JSONWriter.object(.spaced) { document in
      document.add("blueprint", text: key.blueprint)
      document.add("identifier", text: key.identifier)
      document.add("entity", json: entity)
      document.add("revision", version.revision)
      document.add("at", text: version.at)
      if let run = version.run { document.add("run", text: run) }
      if let datasource = version.datasource { document.add("datasource", text: datasource) }
      if let origin = version.origin { document.add("origin", json: origin.document) }
      document.add("version", number)
      document.add("versions", versionCount)
      document.add("fields", array: fields.map(\.document))
      document.add("relations", array: relations.map { $0.document($0.target) })
      if let relatedBy { document.add("relatedBy", array: relatedBy.map { $0.document($0.source) }) }
    } + [UInt8(ascii: "\n")]
  }
}

/// The config that made a version of an entity.
enum CatalogConfig {
  /// The config of that hash, nil where the catalog has it not.
  static func read(_ hash: String?, from catalog: LocalCatalog) async throws -> PortAppConfig? {
    guard let hash, let config = try await catalog.config(hash: hash) else { return nil }
    return try? PortAppConfig(yaml: Array(config.text.utf8), file: config.path)
  }
}

extension FieldProvenance {
  fileprivate var document: [UInt8] {
    JSONWriter.object(.compact) { document in
      document.add("field", text: field)
      document.add("value", json: value.utf8)
      if let expression { document.add("expression", text: expression) }
      if let location {
        document.add("file", text: location.file)
        document.add("line", location.line)
        document.add("column", location.column)
      }
    }
  }
}

extension RelatedEntity {
  /// The relation as JSON, with what is at its other end.
  fileprivate func document(_ other: EntityKey) -> [UInt8] {
    JSONWriter.object(.compact) { document in
      document.add("relation", text: relation)
      document.add("blueprint", text: other.blueprint)
      document.add("identifier", text: other.identifier)
    }
  }
}
