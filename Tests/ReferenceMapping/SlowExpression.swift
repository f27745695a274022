import JQ
import ReferenceJSON

/// What an expression gives for a document.
enum SlowOutcome {
  /// A value; whether its bytes are known, or only what it means.
  case value(ReferenceValue, isExact: Bool)
  case nothing
  case failure(String)

  /// The value, null where there is none.
  var value: SlowValue {
    if case .value(let value, let isExact) = self {
      .value(value, isExact: isExact)
    } else {
      .value(.null, isExact: true)
    }
  }

  /// The value's JSON, nil where there is none.
  var json: [UInt8]? {
    if case .value(let value, _) = self { value.json } else { nil }
  }
}

/// An item, and the value that libjq has read of it.
struct SlowItem: ~Copyable {
  let document: ReferenceValue
  let value: JQValue
  /// Whether the bytes of all its numbers and strings are known, and not only what they mean.
  let isExact: Bool
}

/// One expression, compiled alone and run by libjq on the whole of each document.
final class SlowExpression {
  private let batch: JQBatch
  private let path: SimplePath?
  private let libjq: LibjqText

  init(_ expression: JQExpression, _ environment: JQEnvironment, _ libjq: LibjqText) {
    batch = JQBatch([expression], environment: environment)
    path = SimplePath(expression.text)
    self.libjq = libjq
  }

  func run(_ item: borrowing SlowItem) -> SlowOutcome {
    batch.start(item.value.another())
    defer { batch.stop() }
    switch batch.next() {
    case .nothing: return .nothing
    case .failure(let message): return .failure(message)
    case .value(let value):
      if let path { return .value(path.value(in: item.document), isExact: item.isExact) }
      return libjq.document(value).map { .value($0, isExact: false) }
        ?? .failure("the result is nested too deeply")
    }
  }
}
