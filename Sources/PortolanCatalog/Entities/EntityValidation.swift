import Portolan
import RawJSON

/// Says what Port's rules have against an entity.
package struct EntityValidation: Sendable {
  /// - Parameter blueprints: the definitions, as JSON documents of the API.
  package init(blueprints: [[UInt8]]) {}

  /// Why the catalog does not take an entity, nil where it does.
  ///
  /// - Parameter json: the entity as it would be after the write.
  package func refusal(of json: [UInt8], in blueprint: String) -> WriteOutcome.Refusal? { nil }

  /// Why the catalog does not take a blueprint, nil where it does.
  package static func refusal(ofBlueprint json: [UInt8]) -> WriteOutcome.Refusal? { nil }
}
