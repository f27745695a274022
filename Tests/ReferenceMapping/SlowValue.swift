import RawJSON
import ReferenceJSON

/// What an entity, or a part of it, must be.
package indirect enum SlowValue: Sendable {
  /// These bytes, or what they mean.
  case value(ReferenceValue, isExact: Bool)
  /// These members in this order.
  case object([(key: String, value: SlowValue)])
  case array([SlowValue])

  /// Whether `actual` is that.
  package func matches(_ actual: ReferenceValue) -> Bool {
    switch (self, actual) {
    case (.value(let value, let isExact), _): isExact ? value.json == actual.json : value.means(actual)
    case (.object(let members), .object(let others)):
      members.count == others.count
        && zip(members, others).allSatisfy { member, other in
          Array(member.key.utf8) == other.key.utf8 && member.value.matches(other.value)
        }
    case (.array(let elements), .array(let others)):
      elements.count == others.count && zip(elements, others).allSatisfy { $0.matches($1) }
    default: false
    }
  }

  /// Whether it names anything: not null, false, `""`, 0, `[]` or `{}`. A search query does.
  var isTruthy: Bool {
    guard case .value(let value, _) = self else { return true }
    switch value {
    case .literal(let bytes):
      let text = String(decoding: bytes, as: UTF8.self)
      return text != "null" && text != "false" && text.wholeMatch(of: /-?0(\.0+)?([eE][-+]?[0-9]+)?/) == nil
    case .string(let text): return !text.utf8.isEmpty
    case .array(let elements): return !elements.isEmpty
    case .object(let members): return !members.isEmpty
    }
  }

  /// The value as JSON.
  package var reference: ReferenceValue {
    switch self {
    case .value(let value, _): value
    case .object(let members):
      .object(members.map { ReferenceValue.Member(.init($0.key), $0.value.reference) })
    case .array(let elements): .array(elements.map(\.reference))
    }
  }
}
