import GRDB
import RawJSON
import Synchronization

/// What the blueprints of a catalog say of entities.
struct BlueprintDefinitions: Sendable {
  /// A relation of a blueprint.
  struct Relation: Sendable {
    /// The blueprint that it leads to.
    var target: String
    /// Whether it leads to several entities.
    var isMany: Bool
  }

  /// Says what is wrong with an entity.
  let validation: EntityValidation
  /// The relations of each blueprint by their names. Texts are told apart by their bytes, as SQLite does.
  private let relations: [[UInt8]: [[UInt8]: Relation]]

  /// Reads all blueprints that a catalog has.
  init(_ database: Database) throws {
    let documents = try String.fetchAll(database, sql: "SELECT doc FROM blueprint ORDER BY identifier")
      .map { Array($0.utf8) }
    self.init(documents)
  }

  /// Reads blueprints from their documents.
  init(_ documents: [[UInt8]]) {
    validation = EntityValidation(blueprints: documents)
    var relations: [[UInt8]: [[UInt8]: Relation]] = [:]
    for document in documents {
      guard let view = try? JSONView(validating: document), let identifier = view["identifier"]?.text else {
        continue
      }
      relations[Array(identifier.utf8)] = Self.relations(of: view)
    }
    self.relations = relations
  }

  /// The relations in a blueprint's document, by their names.
  static func relations(of blueprint: JSONView) -> [[UInt8]: Relation] {
    var relations: [[UInt8]: Relation] = [:]
    for member in blueprint["relations"]?.members ?? [] {
      guard let target = member.value["target"]?.text else { continue }
      relations[Array(member.key.utf8)] = Relation(
        target: target, isMany: member.value["many"]?.boolean ?? false)
    }
    return relations
  }

  /// Whether there is such a blueprint.
  func has(_ blueprint: String) -> Bool { relations[Array(blueprint.utf8)] != nil }

  /// A relation of a blueprint, nil where it has none of that name.
  func relation(_ name: String, of blueprint: String) -> Relation? {
    relations[Array(blueprint.utf8)]?[Array(name.utf8)]
  }
}

/// The blueprints of a catalog as they were when entities were written last, read again only where they changed.
final class BlueprintCache: Sendable {
  private let state = Mutex<(number: Int, definitions: BlueprintDefinitions)?>(nil)

  /// The blueprints as they are.
  func definitions(in database: Database) throws -> BlueprintDefinitions {
    let number = try Int.fetchOne(database, sql: "SELECT blueprints FROM meta") ?? 0
    if let known = state.withLock({ $0 }), known.number == number { return known.definitions }
    let definitions = try BlueprintDefinitions(database)
    state.withLock { $0 = (number, definitions) }
    return definitions
  }
}
