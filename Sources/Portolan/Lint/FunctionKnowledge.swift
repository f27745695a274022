import JQ

/// Which functions libjq really has, asked once for each.
struct FunctionKnowledge {
  /// How often libjq is asked at most: each time takes libjq 1.6 about 15 ms.
  private static let questions = 200
  private var answers: [Signature: Bool] = [:]

  /// Whether libjq knows a function that jq's own list does not name, such as `_nwise/1`.
  mutating func has(_ signature: Signature) -> Bool {
    if let answer = answers[signature] { return answer }
    let answer =
      Builtins[signature]?.replacement == nil && answers.count < Self.questions && Self.ask(signature)
    answers[signature] = answer
    return answer
  }

  private static func ask(_ signature: Signature) -> Bool {
    let arguments = Array(repeating: ".", count: signature.arity).joined(separator: "; ")
    let call = signature.arity == 0 ? signature.name : "\(signature.name)(\(arguments))"
    return JQExpression(call).compileError() == nil
  }

  /// Jq's functions by name, and with how many arguments each exists.
  static let arities = Dictionary(grouping: Builtins.signatures, by: \.name).mapValues {
    $0.map(\.arity).sorted()
  }

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
    "stringify": "tojson", "exists": "!= null", "String": "tostring", "Number": "tonumber", "Date": "todate",
    "isEmpty": "length == 0", "is_empty": "length == 0",
    "is_null": "== null", "isnull": "== null",
    "sum": "add", "if_null": "// \"instead\"", "default": "// \"instead\"", "coalesce": "// \"instead\"",
  ]

  /// Words of other languages for jq's constants.
  static let otherConstants = [
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null", "nil": "null",
    "Null": "null", "NULL": "null", "undefined": "null", "yes": "true", "no": "false",
  ]
}
