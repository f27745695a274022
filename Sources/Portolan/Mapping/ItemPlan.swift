import JQ
import RawJSON

/// How an item becomes entities.
struct ItemPlan: Sendable {
  /// An expression that gives a field, or a part of one.
  struct Field: Sendable {
    /// Its place in the mapping: `properties.url`, `relations.owner.rules[0].value`.
    let path: String
    let source: ConfigExpression
  }

  /// The place of the selector's query in ``program``.
  static let selector = 0

  /// The selector's query, and then every field of every mapping.
  let program: EvaluationProgram
  /// The fields, in the order of the mappings.
  let fields: [Field]
  let entities: [EntityTemplate]

  init(_ config: ResourceConfig) {
    var fields: [Field] = []
    entities = config.mappings.enumerated().map { number, mapping in
      EntityTemplate(
        mapping, prefix: config.hasMappingList ? "mappings[\(number)]." : "", fields: &fields)
    }
    self.fields = fields
    program = EvaluationProgram([config.selector.query.expression] + fields.map(\.source.expression))
  }

  /// The places of the fields' expressions in ``program``.
  var fieldPlaces: Range<Int> { Self.place(ofField: 0)..<Self.place(ofField: fields.count) }

  /// The place in ``program`` of the expression of a field, which is known by its number in ``fields``.
  static func place(ofField field: Int) -> Int { field + 1 }
}
