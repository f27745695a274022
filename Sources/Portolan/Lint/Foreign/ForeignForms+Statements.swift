/// What other languages write as statements and signs where jq has another form for the whole of it.
extension ForeignForms {
  /// Choices and words that stand around what they are about.
  static var statements: [ForeignForm] {
    let choice = "jq's choice is `if … then … else … end`"
    return [
      ForeignForm(/^\s*(case)\s+when\s+(.+?)\s+then\s+(.+?)\s+else\s+(.+?)\s+end\s*$/.ignoresCase(), choice) {
        ("if \($0.output.2) then \($0.output.3) else \($0.output.4) end", $0.output.1)
      },
      ForeignForm(/^\s*(?!if\b|\{)([^|]+?)\s(if)\s(.+?)\selse\s(.+?)\s*$/, choice) {
        $0.output.3.contains(" then ")
          ? nil : ("if \($0.output.3) then \($0.output.1) else \($0.output.4) end", $0.output.2)
      },
      ForeignForm(
        /^\s*(\{%-?\s*if)\s+(.+?)\s*-?%\}(.*?)\{%-?\s*else\s*-?%\}(.*?)\{%-?\s*endif\s*-?%\}\s*$/, choice
      ) {
        (
          "if \($0.output.2) then \"\($0.output.3.trimmedText)\" else \"\($0.output.4.trimmedText)\" end",
          $0.output.1
        )
      },
      ForeignForm(
        /^\s*\(?(eq|ne|lt|le|gt|ge)\s+(\.\S+)\s+("[^"]*"|\.?\w+)\)?\s*$/,
        "jq compares with a sign between the two"
      ) { ("\($0.output.2) \(comparison($0.output.1)) \($0.output.3)", nil) },
      ForeignForm(
        /(\.[\w.\[\]]+)\s+(between)\s+(\S+)\s+and\s+([^\s)]+)/.ignoresCase(),
        "jq has no `between`: it compares with each limit"
      ) {
        let (value, low, high) = ($0.output.1, $0.output.3, $0.output.4)
        return ($0.piped("\(value) >= \(low) and \(value) <= \(high)"), $0.output.2)
      },
      ForeignForm(/^([^"]*\\\([^"]*)$/, "a text of jq takes double quotes") {
        ("\"\($0.output.1)\"", nil)
      },
    ]
  }

  /// Characters and operators that jq does not have.
  static var signs: [ForeignForm] {
    [
      ForeignForm(
        /[\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}]+/.matchingSemantics(.unicodeScalar),
        "an invisible character is here"
      ) { _ in ("", nil) },
      ForeignForm(/([\w\])"]\s*)([–—−])(\s*[(.\d$])/, "a long dash is no minus sign") {
        ("\($0.output.1)-\($0.output.3)", $0.output.2)
      },
      ForeignForm(/^\s*(=)\s*(?=[.(\["])/, "an expression of jq begins without `=`") { ("", $0.output.1) },
      ForeignForm(/(\\)\s+(?=[^"]*$)/, "jq goes on in the next line without a `\\`") { ("", $0.output.1) },
      ForeignForm(/\s(~=)\s/, "`~=` is not an operator of jq") { (" != ", $0.output.1) },
      ForeignForm(/(\.\w+(?:\.\w+)*)(->)(\w+(?:(?:->|\.)\w+)*)/, "a step of a path takes a dot") {
        ("\($0.output.1).\($0.output.3.replacing("->", with: "."))", $0.output.2)
      },
      ForeignForm(
        /(\.[\w.\[\]]+|\d+|\([^()]*\))\s*(\*\*)\s*(\.[\w.\[\]]+|\d+)/, "jq has no `**`; it has `pow`"
      ) { ("pow(\($0.output.1); \($0.output.3))", $0.output.2) },
      ForeignForm(/([{,]\s*)(\w+)\s*(=)\s*(?=[."\d$])/, "a key of an object takes `:`") {
        ("\($0.output.1)\($0.output.2): ", $0.output.3)
      },
      ForeignForm(/([{,]\s*)([A-Za-z_]\w*(?:-\w+)+)\s*:/, "a key with `-` takes double quotes") {
        ("\($0.output.1)\"\($0.output.2)\":", $0.output.2)
      },
    ]
  }

  /// Functions of other languages' libraries, which have a dot in their names.
  static var libraries: [ForeignForm] {
    [
      ForeignForm(
        /\b(JSON\.parse|JSON\.stringify|Object\.keys|Object\.values|Object\.entries|Math\.round|Math\.floor|Math\.ceil|Math\.abs|json\.loads|json\.dumps)\((\.[\w.\[\]]*)\)/,
        "jq has no libraries; it calls a function after a `|`"
      ) { match in
        libraryFunctions[String(match.output.1)].map {
          ("(\(match.output.2) | \($0))", match.output.1)
        }
      },
      ForeignForm(/\b(?:Date\.now\(\)|new\s+Date\(\)|time\.time\(\))/, "jq's word for this moment is `now`") {
        _ in ("now", nil)
      },
      ForeignForm(/\b(new\s+)Date\((\.[\w.\[\]]+)\)/, "jq has no dates, only texts and seconds") {
        ("\($0.output.2)", $0.output.1)
      },
      ForeignForm(
        /\.(get)\(\s*["'](\w+)["']\s*(?:,\s*([^()]+?)\s*)?\)/, "a key of jq is taken with a dot"
      ) { match in
        let path = ".\(match.output.2)"
        return (match.output.3.map { match.piped("\(path) // \($0)") } ?? path, nil)
      },
      ForeignForm(/("[^"]*")(\.join\()(\.[\w.\[\]]+)\)/, "jq calls `join` after the list and a `|`") {
        ($0.piped("\($0.output.3) | join(\($0.output.1))"), $0.output.2)
      },
      ForeignForm(/(lambda\s+(\w+):)\s*(\w+)(\.[\w.]+)/, "jq has no `lambda`: each element is `.` itself") {
        $0.output.2 == $0.output.3 ? (String($0.output.4), $0.output.1) : nil
      },
    ]
  }

  private static let libraryFunctions = [
    "JSON.parse": "fromjson", "JSON.stringify": "tojson", "json.loads": "fromjson", "json.dumps": "tojson",
    "Object.keys": "keys", "Object.values": "[.[]]", "Object.entries": "to_entries",
    "Math.round": "round", "Math.floor": "floor", "Math.ceil": "ceil", "Math.abs": "fabs",
  ]

  private static func comparison(_ word: Substring) -> String {
    switch word {
    case "eq": "=="
    case "ne": "!="
    case "lt": "<"
    case "le": "<="
    case "gt": ">"
    default: ">="
    }
  }
}

extension Substring {
  fileprivate var trimmedText: String { trimmingPrefix { $0 == " " }.description }
}
