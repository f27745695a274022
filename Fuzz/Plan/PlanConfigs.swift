/// Small configs that take each way through the plan. Their names are short, so that a fuzzer finds them.
enum PlanConfigs {
  static let all = [plain, items, selector, cut, madeItems]

  /// Paths, constants and `//`: no libjq.
  private static let plain = resource(
    """
    identifier: .id // .a.id // "none"
    blueprint: '"b"'
    title: .a.b.c?
    properties: {all: ., a: '.a', ab: .a.b, a0: '.a[0]', a1b: '.a[1].b?', é: '.["é"]', or: .b // .a // 0}
    relations: {r: '.a.c // .c?'}
    """)

  /// Items of a path, under a name of their own.
  private static let items = resource(
    "{identifier: .c.id // .c, blueprint: .a.b // \"b\", properties: {c: .c, rest: .}}",
    port: "itemsToParse: .a.b\n    itemsToParseName: c")

  /// A selector, two mappings and a search query.
  private static let selector = resource(
    """
    - {identifier: .id, blueprint: .b, title: .a.b}
    - identifier: {combinator: '"and"', rules: [{property: '"p"', operator: '"="', value: .a}]}
      blueprint: .b // "b"
      properties: {a: '.a?', b: '.b[1]'}
    """, selector: "selector: {query: .a}")

  /// Expressions for libjq, which gets what they read.
  private static let cut = resource(
    """
    identifier: .id | tostring
    blueprint: '"b"'
    title: (.a.b // "") + "x"
    properties:
      names: .a | map(.b)
      first: '[.b[]?.c] | first'
      part: .c | split("/") | .[:2] | join("-")
      choice: if .a.b == 1 then .b else .c end
      made: '{a: .a.c, b: (.b | length)}'
      keys: .a | keys
    """, selector: "selector: {query: '(.c | type) != \"number\"'}")

  /// Items that libjq makes.
  private static let madeItems = resource(
    "{identifier: .item.b // \"none\", blueprint: '\"b\"', properties: {a: .a, n: .item.c + 1, item: .item}}",
    port: "itemsToParse: '.a // [] | map({b, c: .c.b?})'\n    itemsToParseTopLevelTransform: false")

  private static func resource(_ mappings: String, port: String = "", selector: String = "") -> String {
    let indented = mappings.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n")
    return """
      resources:
      - kind: thing
        \(selector)
        port:
          \(port)
          entity:
            mappings:
      \(indented)
      """
  }
}
