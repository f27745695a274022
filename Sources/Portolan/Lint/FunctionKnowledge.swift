import JQ

/// Which functions libjq really has, asked once for each.
struct FunctionKnowledge {
  /// How often libjq is asked at most: each time takes libjq 1.6 about 15 ms.
  private static let questions = 200
  private var answers: [String: Bool] = [:]

  /// Whether libjq knows a function that jq's own list does not name, such as `_nwise/1`.
  mutating func has(_ name: String, arity: Int) -> Bool {
    let key = "\(name)/\(arity)"
    if let answer = answers[key] { return answer }
    if Builtins.removed[key] != nil || answers.count >= Self.questions {
      answers[key] = false
      return false
    }
    let arguments = arity == 0 ? "" : "(" + Array(repeating: ".", count: arity).joined(separator: "; ") + ")"
    let answer = JQExpression(name + arguments).compileError() == nil
    answers[key] = answer
    return answer
  }

  /// Jq's functions by name, and with how many arguments each exists.
  static let arities: [String: [Int]] = {
    var arities: [String: [Int]] = [:]
    for key in Builtins.names {
      let parts = key.split(separator: "/")
      guard let name = parts.first, let count = parts.last.flatMap({ Int($0) }) else { continue }
      arities[String(name), default: []].append(count)
    }
    return arities.mapValues { $0.sorted() }
  }()

  /// What other languages call something, and jq's word for it.
  static let otherLanguages = [
    "lower": "ascii_downcase", "lowercase": "ascii_downcase", "downcase": "ascii_downcase",
    "toLowerCase": "ascii_downcase", "tolower": "ascii_downcase", "upper": "ascii_upcase",
    "uppercase": "ascii_upcase", "upcase": "ascii_upcase", "toUpperCase": "ascii_upcase",
    "toupper": "ascii_upcase", "len": "length", "size": "length", "count": "length", "strlen": "length",
    "str": "tostring", "string": "tostring", "toString": "tostring", "to_string": "tostring",
    "int": "tonumber", "float": "tonumber", "number": "tonumber", "parseInt": "tonumber",
    "parseFloat": "tonumber", "to_number": "tonumber", "toNumber": "tonumber", "typeof": "type",
    "replace": "gsub(\"what\"; \"by\")", "replaceAll": "gsub(\"what\"; \"by\")",
    "substring": ".[0:3]", "substr": ".[0:3]", "slice": ".[0:3]", "concat": "+",
    "includes": "contains(\"text\")", "indexOf": "index(\"text\")", "startsWith": "startswith(\"text\")",
    "endsWith": "endswith(\"text\")", "strip": "trim", "filter": "map(select(condition))",
    "where": "map(select(condition))", "find": "first(.[] | select(condition))", "distinct": "unique",
    "uniq": "unique", "push": "+ [value]", "append": "+ [value]", "parseJson": "fromjson",
    "stringify": "tojson", "exists": "!= null", "is_null": "== null", "isnull": "== null",
    "if_null": "// \"instead\"", "default": "// \"instead\"", "coalesce": "// \"instead\"",
  ]

  /// Words of other languages for jq's constants.
  static let otherConstants = [
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null", "nil": "null",
    "Null": "null", "NULL": "null", "undefined": "null", "yes": "true", "no": "false",
  ]
}
