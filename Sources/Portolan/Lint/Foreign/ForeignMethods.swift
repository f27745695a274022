/// Methods of other languages, and the functions of jq that do the same.
enum ForeignMethods {
  private static let withoutArguments = [
    "toLowerCase": "ascii_downcase", "lower": "ascii_downcase", "downcase": "ascii_downcase",
    "toUpperCase": "ascii_upcase", "upper": "ascii_upcase", "upcase": "ascii_upcase", "trim": "trim",
    "strip": "trim",
    "length": "length", "size": "length", "count": "length", "len": "length", "toString": "tostring",
    "toJSON": "tojson", "keys": "keys", "values": "values", "sort": "sort", "reverse": "reverse",
    "unique": "unique",
    "first": "first", "last": "last", "isEmpty": "length == 0", "flat": "flatten", "flatten": "flatten",
    "toNumber": "tonumber", "type": "type", "add": "add", "sum": "add", "min": "min", "max": "max",
  ]

  private static let withOneArgument = [
    "split": "split", "join": "join", "map": "map", "includes": "contains", "contains": "contains",
    "startsWith": "startswith", "startswith": "startswith", "endsWith": "endswith", "endswith": "endswith",
    "indexOf": "index", "has": "has", "hasOwnProperty": "has", "test": "test", "match": "test",
    "matches": "test",
    "any": "any", "all": "all", "some": "any", "every": "all",
  ]

  /// What jq writes for `subject.name(arguments)`, nil where nothing does the same.
  static func call(_ name: String, _ arguments: String, of subject: String) -> String? {
    let parts = split(arguments).map(argument)
    return function(name, parts).map { "\(subject) | \($0)" }
      ?? ForeignCall(name, parts)?.of(subject, isFree: true)
  }

  private static func function(_ name: String, _ parts: [String]) -> String? {
    switch parts.count {
    case 0:
      withoutArguments[name] ?? (FunctionKnowledge.arities[name]?.contains(0) == true ? name : nil)
    case 1: withOneArgument[name].map { "\($0)(\(parts[0]))" }
    case 2 where name == "gsub" || name == "sub": "gsub(\(parts[0]); \(parts[1]))"
    default: nil
    }
  }

  /// The arguments, which commas outside texts and brackets separate.
  private static func split(_ arguments: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = arguments[...]
    while let match = rest.prefixMatch(
      of: /((?:[^,"'()\/]|"(?:[^"\\]|\\.)*"|'[^']*'|\/(?:[^\/\\]|\\.)+\/\w*|\([^()]*\))+)(?:,|$)/)
    {
      parts.append(match.output.1)
      rest = rest[match.range.upperBound...]
    }
    return rest.allSatisfy(\.isWhitespace) ? parts : arguments.split(separator: ",")
  }

  /// An argument as jq writes it: with double quotes, and the element itself for the name that an arrow gives it.
  private static func argument(_ text: Substring) -> String {
    let text = text.drop { $0 == " " }
    if let arrow = text.wholeMatch(of: /(\w+)\s*=>\s*(\w+)(\..*)/), arrow.output.1 == arrow.output.2 {
      return String(arrow.output.3)
    }
    if let pattern = text.wholeMatch(of: /\/((?:[^\/\\]|\\.)+)\/\w*/) {
      return "\"\(pattern.output.1.replacing("\\/", with: "/").replacing("\\", with: "\\\\"))\""
    }
    if let quoted = text.wholeMatch(of: /'([^'"]*)'\s*/) { return "\"\(quoted.output.1)\"" }
    return String(text)
  }
}
