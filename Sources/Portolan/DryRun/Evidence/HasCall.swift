import JQ
import RawJSON

/// A call such as `has(.status)`, which asks for a key that is called as the value there is, where most likely the key
/// `status` is meant; and how often it was true.
struct HasCall {
  /// The field in whose expression it is.
  let field: String
  /// The field's expression.
  let source: ConfigExpression
  /// Where it is in the expression.
  let range: Range<Int>
  private let keys: [String]
  /// How many items there were.
  private(set) var items = 0
  private var hits = 0
  /// The first name that was asked for.
  private var name: String?

  /// The calls in `source` that are asked of the item itself.
  static func all(in source: ConfigExpression, field: String) -> [HasCall] {
    var found: [HasCall] = []
    source.expression.program?.body?.visitOfInput { expression in
      guard case .call("has", let arguments) = expression.node, let steps = arguments.first?.readSteps,
        !steps.isEmpty, !steps.contains(nil)
      else { return }
      found.append(
        HasCall(field: field, source: source, range: expression.range, keys: steps.compactMap { $0 }))
    }
    return found
  }

  private init(field: String, source: ConfigExpression, range: Range<Int>, keys: [String]) {
    self.field = field
    self.source = source
    self.range = range
    self.keys = keys
  }

  /// Counts what an item has.
  mutating func count(_ item: JSONView) {
    items += 1
    var value: JSONView? = item
    for key in keys { value = value?[key] }
    guard let text = value?.text else { return }
    if name == nil { name = text }
    if item[text] != nil { hits += 1 }
  }

  /// Whether a key was asked for, and none of the items has one of the names.
  var isNeverTrue: Bool { name != nil && hits == 0 }

  /// Why it is false.
  var reason: String {
    let shown = ShownValue.json(JSONText.quoted(name ?? ""), of: keys.last ?? "").shortened(to: 60)
    return "`has(\(path))` asks for a key called as the value of `\(path)`, \(shown), which "
      + (items == 1 ? "the one object there does not have" : "none of \(items.grouped) objects has")
  }

  /// What is most likely meant.
  var help: String { Self.help(keys) }

  private var path: String { JSONPath(keys.map { .key($0) }).description }

  /// What is meant by `has` of a path of keys.
  static func help(_ keys: [String]) -> String {
    let path = JSONPath(keys.map { .key($0) }).description
    let before = keys.count == 1 ? "" : "\(JSONPath(keys.dropLast().map { .key($0) })) | "
    return "write `\(before)has(\(JSONText.quoted(keys.last ?? "")))`, or `\(path) != null`"
  }
}
