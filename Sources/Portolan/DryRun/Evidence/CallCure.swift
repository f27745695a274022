import JQ
import RawJSON

/// What helps where a function of jq fails on its input.
struct CallCure {
  private static let textFunctions: Set = [
    "ascii_downcase", "ascii_upcase", "ascii", "split", "splits", "test", "match", "capture", "scan", "sub", "gsub",
    "ltrimstr", "rtrimstr", "startswith", "endswith", "explode", "trim", "ltrim", "rtrim", "fromjson",
    "strptime", "date",
  ]
  private static let listFunctions: Set = [
    "map", "join", "sort", "sort_by", "group_by", "unique", "unique_by", "min_by", "max_by", "flatten", "reverse",
    "any", "all", "from_entries", "implode", "transpose", "add", "first", "last", "min", "max", "index",
  ]
  private static let objectFunctions: Set = ["keys", "to_entries", "with_entries", "has", "map_values", "del"]

  private let name: String
  private let arguments: [JQ.Expression]
  private let input: JSONView
  private let source: String

  init(_ name: String, _ arguments: [JQ.Expression], _ input: JSONView, _ source: String) {
    self.name = name
    self.arguments = arguments
    self.input = input
    self.source = source
  }

  /// The advice, nil where there is nothing to say but what jq says.
  var help: String? {
    switch name {
    case "todate", "todateiso8601", "strftime", "gmtime", "strflocaltime": writtenDate
    case "fromdate", "fromdateiso8601", "dateadd", "datesub": readDate
    case "tonumber": number
    case "error": nil
    case _ where Self.textFunctions.contains(name): text
    case _ where Self.listFunctions.contains(name): list
    case _ where Self.objectFunctions.contains(name) || name == "length": object
    default: input.kind == .null ? defaulted(with: "…") : nil
    }
  }

  private var subject: String { FailureCure.subject(source, input) }

  /// The call as it stands, its arguments left out.
  private var call: String { arguments.isEmpty ? name : "\(name)(…)" }

  private func defaulted(with value: String) -> String { "\(subject): write `(\(source) // \(value)) | \(call)`" }

  // MARK: Texts

  private var text: String? {
    switch input.kind {
    case .null: return defaulted(with: "\"\"")
    case .number, .boolean: return "\(subject), not a text: write `\(source) | tostring | \(call)`"
    case .array where name == "split": return "\(subject) already: leave `split(…)` out"
    case .array where name == "test" || name == "startswith" || name == "endswith":
      return "\(subject): ask for any of its texts, `any(\(source)[]; \(call))`"
    case .array: return "\(subject): do it with each of its texts, `\(source) | map(\(call))`"
    case .object where name == "fromjson": return "\(subject) already: leave `fromjson` out"
    case .object: return "\(subject): take the text in it that is meant, as `\(named).name`"
    case .string where name == "fromjson": return "\(subject) that is not JSON: where it may be, write `fromjson?`"
    case .string where ["test", "match", "capture", "scan", "sub", "gsub"].contains(name):
      return arguments.first?.constantText == nil
        ? nil : "the regular expression cannot be read: `(`, `[`, `*` and the like take `\\\\` before them"
    case .string: return nil
    }
  }

  /// The source so that a key can follow it.
  private var named: String { source == "." ? "" : source }

  // MARK: Lists and objects

  private var list: String? {
    switch input.kind {
    case .null: return defaulted(with: "[]")
    case .string where name == "join": return "\(subject) already: leave `join(…)` out"
    case .array where name == "join":
      let hasObject = input.elements?.contains { $0.kind == .object } ?? false
      return hasObject
        ? "its elements are objects: take the text of each first, `\(source) | map(\(elementKey)) | join(…)`"
        : "an element is neither a text nor a number: write `\(source) | map(tostring) | join(…)`"
    case .array where name == "add":
      return "its elements cannot be added to each other: take the part of each that is meant, `map(.…) | add`"
    case .object: return "\(subject), not a list: its values are `[\(source)[]]`"
    case .string, .number, .boolean: return "\(subject), not a list: leave `\(call)` out, or put it in brackets, `[…]`"
    case .array: return nil
    }
  }

  /// A key that an element has, the likeliest one.
  private var elementKey: String {
    let keys = input.elements?.first { $0.kind == .object }?.members?.filter { $0.value.kind == .string }.map(\.key) ?? []
    let key = ["name", "displayName", "title", "key", "id"].first(where: keys.contains) ?? keys.first ?? "name"
    return JSONPath([.key(key)]).description
  }

  private var object: String? {
    switch input.kind {
    case .null: return defaulted(with: "{}")
    case .boolean where name == "length": return "\(subject), which has no length"
    case .string, .number, .boolean: return "\(subject), which has no keys"
    case .array where name == "has": return "\(subject): ask whether it holds a value with `index(…) != null`"
    case .array: return "\(subject), not an object: do it with each of its elements, `\(source) | map(\(call))`"
    case .object: return nil
    }
  }

  // MARK: Numbers and dates

  private var number: String? {
    switch input.kind {
    case .null: return defaulted(with: "\"0\"")
    case .string:
      return "\(input.json.shortened(to: 40)) is no number: where it may be none, write `(\(source) | tonumber? // null)`"
    case .array, .object, .boolean: return "\(subject), and only a text is turned into a number"
    case .number: return nil
    }
  }

  private var writtenDate: String? {
    switch input.kind {
    case .null: return "\(subject): write `\(source) // empty | \(call)`"
    case .number where (input.number.flatMap(Double.init) ?? 0) > 1e11:
      return "\(subject) of milliseconds, and dates are made of seconds: write `\(source) / 1000 | \(call)`"
    case .string where Double(input.text ?? "") != nil:
      return "\(subject): turn it into a number first, `\(source) | tonumber | \(call)`"
    case .string: return "\(subject), maybe a date already: leave `| \(call)` out, or read it with `fromdate` first"
    case .array, .object, .boolean: return "\(subject), and dates are made of seconds"
    case .number: return nil
    }
  }

  private var readDate: String? {
    switch input.kind {
    case .null: return "\(subject): write `\(source) // empty | \(call)`"
    case .number: return "\(subject) of seconds already: leave `\(call)` out"
    case .string: return readDate(input.text ?? "")
    case .array, .object, .boolean: return "\(subject), and only a text is read as a date"
    }
  }

  /// jq reads `2024-03-05T10:20:30Z` and nothing else.
  private func readDate(_ text: String) -> String {
    let shown = "\"\(text.shortened(to: 40))\""
    let characters = Array(text)
    let isDate = characters.count >= 10 && characters[4] == "-" && characters[7] == "-"
    guard isDate else { return "\(shown) is no date such as \"2024-03-05T10:20:30Z\"; `strptime(…)` reads others" }
    if characters.count == 10 {
      return "\(shown) has no time, which jq wants: write `\(source) + \"T00:00:00Z\" | \(call)`"
    }
    guard characters.count >= 19 else {
      return "\(shown) is no date such as \"2024-03-05T10:20:30Z\"; `strptime(…)` reads others"
    }
    let rest = String(characters[19...])
    let isUTC = rest.hasSuffix("Z") || rest.hasSuffix("+00:00") || rest.hasSuffix("+0000")
    if rest.isEmpty || isUTC || !rest.contains(where: { "+-".contains($0) }) {
      return "jq reads no fraction and no offset of a date: write `\(source)[0:19] + \"Z\" | \(call)`"
    }
    return "jq reads no offset of a date: `\(source)[0:19] + \"Z\" | \(call)` leaves `\(rest)` out, "
      + "and the catalog takes such a date as it is"
  }
}
