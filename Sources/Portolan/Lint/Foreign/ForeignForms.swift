/// The forms of other languages, the more special ones first.
enum ForeignForms {
  /// All of them. They are made anew each time: a text that is not jq is rare.
  static var all: [ForeignForm] {
    templates + jsonPaths + libraries + statements + signs + words + choices + calls + paths
  }

  private static var templates: [ForeignForm] {
    [
      ForeignForm(/^\s*\{\{-?\s*(.+?)\s*-?\}\}\s*$/, "double braces belong to templates; jq stands alone") {
        ($0.output.1.isPath ? String($0.output.1) : ".\($0.output.1)", nil)
      },
      ForeignForm(/^\s*[$#]\{\s*(.+?)\s*\}\s*$/, "braces after a sign belong to templates; jq stands alone") {
        ($0.output.1.isPath ? String($0.output.1) : ".\($0.output.1)", nil)
      },
      ForeignForm(/`([^`]*)`/, "jq's texts take double quotes, and `\\(…)` around what is put in") {
        ("\"" + String($0.output.1).interpolated + "\"", nil)
      },
      ForeignForm(/\b[fF]"([^"]*)"/, "jq puts a value into a text with `\\(…)`, and no letter before it") {
        ("\"" + String($0.output.1).replacing(/\{([^{}]*)\}/) { "\\(\($0.output.1))" } + "\"", nil)
      },
    ]
  }

  private static var jsonPaths: [ForeignForm] {
    [
      ForeignForm(/\[(\?)\(\s*(.+?)\s*\)\]/, "`[?(…)]` is JSONPath; jq selects with `select`") {
        ("[] | select(" + $0.output.2.replacing("@.", with: ".").replacing("@", with: ".") + ")", $0.output.1)
      },
      ForeignForm(
        /\$((?:\.\.?\w+|\['[^']*'\]|\["[^"]*"\]|\[\d+\]|\[\*\]|\.\*)+)/,
        "this is a JSONPath; a path of jq begins with its dot"
      ) { match in
        let path = match.output.1.replacing(/\[['"]([^'"]*)['"]\]/) { ".\($0.output.1.keyInPath)" }
          .replacing("[*]", with: "[]").replacing(".*", with: "[]")
        return (String(path), match.text[match.range].prefix(1))
      },
      ForeignForm(
        /^\s*(\.[\w.]+)(\[\*\])(\.[\w.]+)\s*$/, "`[*]` is JSONPath; jq goes through a list with `map`"
      ) { ("\($0.output.1) | map(\($0.output.3))", $0.output.2) },
      ForeignForm(/([\w\])])(\[\*\])/, "`[*]` is JSONPath; jq writes `[]` for each element") {
        ("\($0.output.1)[]", $0.output.2)
      },
    ]
  }

  private static var words: [ForeignForm] {
    [
      ForeignForm(/\s(AND|OR)\s/, "jq knows no `AND` or `OR`; its operators are written small") {
        (" \($0.output.1.lowercased()) ", $0.output.1)
      },
      ForeignForm(/\s(is(?:\s+(not))?\s+(?:null|none))(?!\w)/.ignoresCase(), "jq has no `is`; it compares") {
        (" \($0.output.2 == nil ? "==" : "!=") null", $0.output.1)
      },
      ForeignForm(
        /(\.[\w."\[\]?]*)\s+(not\s+)?(in)\s*[\[(]([^\[\]()]*)[\])]/.ignoresCase(),
        "jq's `IN` takes the values in parentheses, after a `|`"
      ) {
        ($0.piped("\($0.output.1) | IN(\($0.output.4))" + ($0.output.2 == nil ? "" : " | not")), $0.output.3)
      },
      ForeignForm(
        /(\.[\w."\[\]?]*)\s+(not\s+)?(contains|like|startswith|endswith|matches|=~)\s*("[^"]*"|\.[\w.]+)/
          .ignoresCase(),
        "jq has no such operator; it calls a function after a `|`"
      ) {
        let function = wordFunction($0.output.3.lowercased())
        let argument =
          function == "contains" ? String($0.output.4).replacing("%", with: "") : String($0.output.4)
        return (
          $0.piped("\($0.output.1) | \(function)(\(argument))" + ($0.output.2 == nil ? "" : " | not")),
          $0.output.3
        )
      },
      ForeignForm(
        /(!)\s*(\.[\w.]+)/, "`!` is not an operator of jq: it negates with `not`, after what is negated"
      ) {
        ("(\($0.output.2) | not)", $0.output.1)
      },
      ForeignForm(/\s(&)\s/, "jq joins texts with `+`") { (" + ", $0.output.1) },
    ]
  }

  private static func wordFunction(_ word: String) -> String {
    switch word {
    case "like": "contains"
    case "matches", "=~": "test"
    default: word
    }
  }

  private static var choices: [ForeignForm] {
    let message = "jq's choice is `if … then … else … end`"
    return [
      ForeignForm(/^(.+?)\s(\?)\s(.+)\s:\s(.+)$/, "jq has no `? :`; its choice is `if … then … else … end`") {
        ("if \($0.output.1) then \($0.output.3) else \($0.output.4) end", $0.output.2)
      },
      ForeignForm(/^\s*if\s*\((.+?)\)\s*(\{)\s*(.+?)\s*\}\s*else\s*\{\s*(.+?)\s*\}\s*$/, message) {
        ("if \($0.output.1) then \($0.output.3) else \($0.output.4) end", $0.output.2)
      },
      ForeignForm(/^\s*(?:if|IF|iif)\(([^,;]+)[,;]([^,;]+)[,;]([^,;]+)\)\s*$/, message) {
        ("if \($0.output.1) then \($0.output.2.stripped) else \($0.output.3.stripped) end", nil)
      },
      ForeignForm(/\b(?:elseif|elsif|else\s+if)\b/, "jq writes `elif`") { _ in ("elif", nil) },
    ]
  }

  private static var calls: [ForeignForm] {
    [
      ForeignForm(/(\w+)\s*=>\s*(\w+)(\.[\w.]+)/, "jq has no `=>`: each element is `.` itself") {
        $0.output.1 == $0.output.2 ? (String($0.output.3), nil) : nil
      },
      ForeignForm(
        /\[\s*((\w+)(\.[\w.]+)\s+for\s+(\w+)\s+in)\s+(.+?)\s*\]/, "jq has no `for … in`; it has `map`"
      ) {
        $0.output.2 == $0.output.4
          ? ($0.piped("\($0.output.5) | map(\($0.output.3))"), $0.output.1) : nil
      },
      ForeignForm(
        /((?:\.\w+|\[[^\[\]]*\]|\?)+?)\.((\w+)\(((?:[^()"]|"(?:[^"\\]|\\.)*"|\((?:[^()"]|"(?:[^"\\]|\\.)*")*\))*)\))/,
        "jq has no methods; it calls a function after a `|`"
      ) { match in
        ForeignMethods.call(String(match.output.3), String(match.output.4), of: String(match.output.1)).map {
          ($0.contains(" ") ? match.piped($0) : $0, match.output.2)
        }
      },
      ForeignForm(
        /(^|[\s(|,;\[{])(([A-Za-z_]\w*)\(\s*\))/, "a function that is given nothing has no parentheses in jq"
      ) { ("\($0.output.1)\($0.output.3)", $0.output.2) },
      ForeignForm(/\b(map|select|any|all)(\{)([^{}]*)\}/, "jq's functions take parentheses") {
        ("\($0.output.1)(\($0.output.3))", $0.output.2)
      },
      ForeignForm(
        /\b((?:test|match|capture|scan|splits?|g?sub)\(\s*)(\/((?:[^\/\\"]|\\[^"])+)\/)(\s*(?:;[^()]*)?\))/,
        "jq writes a regular expression as a text, in double quotes"
      ) {
        ("\($0.output.1)\"\($0.output.3.replacing("\\", with: "\\\\"))\"\($0.output.4)", $0.output.2)
      },
    ]
  }

  private static var paths: [ForeignForm] {
    [
      ForeignForm(/([\w\])])(\.\.)(?=[A-Za-z_])/, "two dots are no step of a path") {
        ("\($0.output.1).", $0.output.2)
      },
      ForeignForm(/(\|\s*)(\[(\d*:\d*)\])/, "a part is taken of something: a dot before it means the input") {
        ("\($0.output.1).\($0.output.2)", $0.output.2)
      },
      ForeignForm(/^(\s*\.[\w.]+)\s*(:)\s*("[^"]*")\s*$/, "`:` belongs to YAML; jq compares with `==`") {
        ("\($0.output.1) == \($0.output.3)", $0.output.2)
      },
      ForeignForm(/([\w\])])(\.)(?=\s*$)/, "the path ends with a dot") { (String($0.output.1), $0.output.2) },
      ForeignForm(/(\.[A-Za-z_\[][\w.\[\]?]*)(\.(\d))(?!\w)/, "a place in a list takes brackets") {
        ("\($0.output.1)[\($0.output.3)]", $0.output.2)
      },
      ForeignForm(
        /(\.[A-Za-z_\[][\w.\[\]?]*)(\.(\d\w*))/, "a key that begins with a digit takes double quotes"
      ) {
        ("\($0.output.1).\"\($0.output.3)\"", $0.output.2)
      },
      ForeignForm(
        /\.([A-Za-z_]\w* ([A-Za-z_]\w*(?: [A-Za-z_]\w*)*))(?=\s*(?:$|[|)\]]))/,
        "a key with blanks takes double quotes"
      ) {
        // A word of jq among them belongs to no key: something before it is missing.
        $0.output.1.split(separator: " ").contains(where: jqWords.contains)
          ? nil : (".\"\($0.output.1)\"", $0.output.2)
      },
    ]
  }

  private static let jqWords: Set<Substring> = [
    "if", "then", "elif", "else", "end", "and", "or", "as", "reduce", "foreach", "try", "catch", "def",
  ]
}

extension Substring {
  /// Whether it begins as a path or a value of jq does.
  fileprivate var isPath: Bool { first.map { ".\"'($[{0123456789".contains($0) } ?? false }

  /// The key as a path writes it.
  fileprivate var keyInPath: String {
    allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? String(self) : "\"\(self)\""
  }

  fileprivate var stripped: Substring { drop { $0 == " " } }
}

extension String {
  /// The text of a template with jq's `\(…)` for `${…}`.
  fileprivate var interpolated: String { replacing(/\$\{([^{}]*)\}/) { "\\(\($0.output.1))" } }
}
