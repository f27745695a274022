import JQ
import RawJSON

/// What helps where a function of jq fails on its input.
struct CallCure {
  private static let textFunctions: Set = [
    "ascii_downcase", "ascii_upcase", "ascii", "split", "splits", "test", "match", "capture", "scan", "sub",
    "gsub",
    "ltrimstr", "rtrimstr", "startswith", "endswith", "explode", "trim", "ltrim", "rtrim", "fromjson",
    "strptime", "date",
  ]
  /// Functions of texts that an empty one is no help to.
  private static let strictFunctions: Set = ["fromjson", "strptime", "date"]
  private static let listFunctions: Set = [
    "map", "join", "sort", "sort_by", "group_by", "unique", "unique_by", "min_by", "max_by", "flatten",
    "reverse",
    "any", "all", "from_entries", "implode", "transpose", "add", "first", "last", "min", "max", "index",
  ]
  private static let objectFunctions: Set = [
    "keys", "to_entries", "with_entries", "has", "map_values", "del",
  ]

  private let name: String
  private let arguments: [JQ.Expression]
  private let part: FailedPart

  init(_ name: String, _ arguments: [JQ.Expression], _ part: FailedPart) {
    self.name = name
    self.arguments = arguments
    self.part = part
  }

  private var input: JSONView { part.input }
  private var source: String { part.source }

  /// The cure, nil where there is nothing to say but what jq says.
  var cure: FailureCure? {
    switch name {
    case "todate", "todateiso8601", "strftime", "gmtime", "strflocaltime": DateCure(call, part).written
    case "fromdate", "fromdateiso8601", "dateadd", "datesub": DateCure(call, part).read
    case "tonumber": number
    case "error": nil
    case "contains", "inside": containment
    case "in": oneOf
    case _ where Self.textFunctions.contains(name): text
    case _ where Self.listFunctions.contains(name): list
    case _ where Self.objectFunctions.contains(name) || name == "length": object
    default: input.kind == .null ? defaulted(with: "…") : nil
    }
  }

  private var subject: String { part.subject }

  /// The call as it stands, its arguments left out.
  private var call: String { arguments.isEmpty ? name : "\(name)(…)" }

  private func defaulted(with value: String) -> FailureCure {
    FailureCure(subject, "write `(\(source) // \(value)) | \(call)`")
  }

  // MARK: Texts

  private var text: FailureCure? {
    switch input.kind {
    case .null: return defaulted(with: Self.strictFunctions.contains(name) ? "empty" : "\"\"")
    case .number, .boolean:
      return FailureCure("\(subject), not a text", "write `\(source) | tostring | \(call)`")
    case .array where name == "split": return FailureCure("\(subject) already", "leave `split(…)` out")
    case .array where name == "test" || name == "startswith" || name == "endswith":
      return FailureCure(subject, "ask for any of its texts, `any(\(source)[]; \(call))`")
    case .array: return FailureCure(subject, "do it with each of its texts, `\(source) | map(\(call))`")
    case .object where name == "fromjson": return FailureCure("\(subject) already", "leave `fromjson` out")
    case .object: return FailureCure(subject, "take the text in it that is meant, as `\(named).name`")
    case .string where name == "fromjson":
      return FailureCure("\(subject) that is not JSON", "where it may be, write `fromjson?`")
    case .string where ["test", "match", "capture", "scan", "sub", "gsub"].contains(name):
      if let flags = wrongFlags { return flags }
      return arguments.first?.constantText == nil
        ? nil
        : FailureCure(
          "the regular expression cannot be read", "`(`, `[`, `*` and the like take `\\\\` before them")
    case .string: return nil
    }
  }

  /// What helps where the last argument names flags that there are not.
  private var wrongFlags: FailureCure? {
    guard arguments.count == (name.hasSuffix("sub") ? 3 : 2), let flags = arguments.last?.constantText,
      let wrong = flags.first(where: { !"gimnpslx".contains($0) })
    else { return nil }
    return FailureCure(
      "`\(wrong)` is no flag of a regular expression", "the flags are `g`, `i`, `n`, `p`, `s`, `l` and `x`")
  }

  /// The source so that a key can follow it.
  private var named: String { source == "." ? "" : source }

  private var containment: FailureCure? {
    guard let argument = arguments.first else { return nil }
    let text = part.text(argument)
    switch (input.kind, argument.constantKind) {
    case (.null, _):
      return FailureCure(
        subject,
        "write `(\(source) // \(argument.constantKind == .array ? "[]" : "\"\"")) | \(name)(\(text))`")
    case (.array, .string?):
      return FailureCure(subject, "ask for the whole text: `\(source) | index(\(text)) != null`")
    case (.string, .array?):
      let inner = String(text.dropFirst().dropLast()).trimmed
      return FailureCure(subject, "ask for a part of it: `\(source) | \(name)(\(inner))`")
    default: return nil
    }
  }

  /// What helps where `in` is given the values that are allowed, as in SQL.
  private var oneOf: FailureCure? {
    guard let list = arguments.first, list.constantKind == .array else { return nil }
    let values = String(part.text(list).trimmed.dropFirst().dropLast()).trimmed
    let call = "IN(\(values))"
    return FailureCure(
      "`in` asks whether a list has so many elements, not whether a value is one of them",
      "write `\(source == "." ? call : "\(source) | \(call)")`")
  }

  // MARK: Lists and objects

  private var list: FailureCure? {
    switch input.kind {
    case .null: return defaulted(with: "[]")
    case .string where name == "join": return FailureCure("\(subject) already", "leave `join(…)` out")
    case .array where name == "join":
      let hasObject = input.elements?.contains { $0.kind == .object } ?? false
      return hasObject
        ? FailureCure(
          "its elements are objects",
          "take the text of each first: `\(source) | map(\(elementKey)) | join(…)`")
        : FailureCure(
          "an element is neither a text nor a number", "write `\(source) | map(tostring) | join(…)`")
    case .array where name == "add":
      return FailureCure(
        "its elements cannot be added to each other", "take the part of each that is meant, `map(.…) | add`")
    case .object:
      if name == "map", let path = arguments.first, path.readSteps != nil {
        let key = part.text(path)
        let direct = source == "." ? key : source + key
        return FailureCure("\(subject), not a list", "write `\(direct)`; its values are `[\(source)[]]`")
      }
      if let pairs = arguments.first?.readSteps, pairs.first == "key" || pairs.first == "value" {
        return FailureCure(
          "\(subject), not a list",
          "make a list of its keys and values first: `\(source) | to_entries | \(name)(\(part.text(arguments[0])))`"
        )
      }
      return FailureCure("\(subject), not a list", "its values are `[\(source)[]]`")
    case .string, .number, .boolean:
      return FailureCure("\(subject), not a list", "leave `\(call)` out, or put it in brackets, `[…]`")
    case .array: return nil
    }
  }

  /// A key that an element has, the likeliest one.
  private var elementKey: String {
    let keys =
      input.elements?.first { $0.kind == .object }?.members?.filter { $0.value.kind == .string }.map(\.key)
      ?? []
    let key =
      ["name", "displayName", "title", "key", "id"].first(where: keys.contains) ?? keys.first ?? "name"
    return KeyStep.text(key)
  }

  private var object: FailureCure? {
    switch input.kind {
    case .null: return defaulted(with: "{}")
    case .boolean where name == "length":
      return FailureCure("\(subject), which has no length", "leave `length` out")
    case .string, .number, .boolean:
      return FailureCure("\(subject), which has no keys", "leave `\(call)` out")
    case .array where name == "has":
      return FailureCure(subject, "ask whether it holds a value with `index(…) != null`")
    case .array:
      return FailureCure(
        "\(subject), not an object", "do it with each of its elements, `\(source) | map(\(call))`")
    case .object where name == "has": return member
    case .object: return nil
    }
  }

  /// What helps where `has` is given something else than a key's name.
  private var member: FailureCure? {
    guard let argument = arguments.first, let steps = argument.readSteps, !steps.isEmpty, !steps.contains(nil)
    else { return nil }
    let path = part.text(argument)
    return FailureCure(
      "`has(\(path))` asks for a key called as the value of `\(path)`, which is no text",
      HasCall.help(steps.compactMap { $0 }))
  }

  // MARK: Numbers

  private var number: FailureCure? {
    switch input.kind {
    case .null: return defaulted(with: "\"0\"")
    case .string:
      return FailureCure(
        "\(input.json.shortened(to: 40)) is no number",
        "where it may be none, write `(\(source) | tonumber? // null)`")
    case .array, .object, .boolean:
      return FailureCure(subject, "only a text is turned into a number; take the part that is meant")
    case .number: return nil
    }
  }
}
