import JQ
import Testing

private func e(_ node: Node) -> Expression { Expression(node) }
private let input = e(.identity)
private let one = e(.number("1"))
private let two = e(.number("2"))
private let three = e(.number("3"))
private let x = e(.variable("x"))
private func f(_ name: String) -> Expression { e(.field(input, name)) }

@Suite struct ParserTreeTests {
  @Test(
    "A term gives its node",
    arguments: [
      (".", .identity), ("..", .recurse), (".5", .number(".5")), ("1.", .number("1.")),
      ("1E+3", .number("1E+3")), ("null", .null), ("true", .true), ("false", .false),
      ("nan", .call("nan", [])), ("True", .call("True", [])), ("@base64", .format("base64")),
      (".a", .field(input, "a")), (".\"a\"", .field(input, "a")), (".and", .field(input, "and")),
      (".a.end", .field(f("a"), "end")), (".[\"a\"]", .index(input, e(.string(StringTemplate("a"))))),
      (".a.[1]", .index(f("a"), one)), (".\"a\"[1]", .index(f("a"), one)),
      (
        ".\"a\\(1)\"",
        .index(input, e(.string(StringTemplate(parts: [.text("a"), .interpolation(one)]))))
      ),
      (".[1:2]", .slice(input, one, two)), (".[:2]", .slice(input, nil, two)),
      (".[1:]", .slice(input, one, nil)), (".[]?", .optional(e(.iterate(input)))),
      (".a??", .optional(e(.optional(f("a"))))), (".a.[]", .iterate(f("a"))),
      ("[]", .array(nil)), ("[1]", .array(one)), ("-1", .negate(one)), ("--1", .negate(e(.negate(one)))),
      ("-.a", .negate(f("a"))), ("$end", .variable("end")), ("$__prog_args", .variable("__prog_args")),
      ("m::f(1; 2)", .call("m::f", [one, two])), ("$m::x", .variable("m::x")),
      ("\n$__loc__", .location(line: 2)), ("break $out", .breakOut("out")),
      ("(1)", .parenthesized(one)), ("1 # 2 \\\n 3 \n", .number("1")), ("1 # 2 \\\\\n", .number("1")),
    ] as [(String, Node)])
  func terms(source: String, node: Node) throws {
    #expect(bare(try parsed(source)).node == node)
  }

  @Test(
    "Operators bind as in jq 1.8",
    arguments: [
      ("1 | 2 | 3", .pipe(one, e(.pipe(two, three)))), ("1, 2, 3", .comma(e(.comma(one, two)), three)),
      ("1, 2 | 3", .pipe(e(.comma(one, two)), three)),
      ("1 - 2 - 3", .binary(.subtract, e(.binary(.subtract, one, two)), three)),
      ("1 + 2 * 3", .binary(.add, one, e(.binary(.multiply, two, three)))),
      ("1 // 2 // 3", .binary(.alternative, one, e(.binary(.alternative, two, three)))),
      ("1 // 2 , 3", .comma(e(.binary(.alternative, one, two)), three)),
      ("1 // 2 = 3", .binary(.alternative, one, e(.update(.assign, two, three)))),
      ("1 or 2 and 3", .binary(.or, one, e(.binary(.and, two, three)))),
      ("1 == 2 and 3", .binary(.and, e(.binary(.equal, one, two)), three)),
      ("1 //= 2 or 3", .update(.alternative, one, e(.binary(.or, two, three)))),
      ("-1 + 2", .binary(.add, e(.negate(one)), two)),
      ("try 1 + 2", .binary(.add, e(.tryCatch(one, nil)), two)),
      ("try 1 catch 2 // 3", .binary(.alternative, e(.tryCatch(one, two)), three)),
      ("try -1", .tryCatch(e(.negate(one)), nil)),
      (
        "1 + 2 as $x | $x, 3",
        .bind(
          source: e(.binary(.add, one, two)), patterns: [.variable("x")], body: e(.comma(x, three)))
      ),
      (
        "1, 2 as $x | 3",
        .comma(one, e(.bind(source: two, patterns: [.variable("x")], body: three)))
      ),
      (
        "1 | def f: 2; f | 3",
        .pipe(
          one,
          e(.definition(FunctionDefinition(name: "f", body: two), e(.pipe(e(.call("f", [])), three)))))
      ),
      ("label $x | 1, 2", .label("x", e(.comma(one, two)))),
    ] as [(String, Node)])
  func precedence(source: String, node: Node) throws {
    #expect(bare(try parsed(source)).node == node)
  }

  @Test(
    "Control structures give their node",
    arguments: [
      ("if 1 then 2 end", .conditional([Branch(condition: one, consequence: two)], otherwise: nil)),
      (
        "if 1 then 2 elif 2 then 3 else 1 end",
        .conditional(
          [Branch(condition: one, consequence: two), Branch(condition: two, consequence: three)],
          otherwise: one)
      ),
      (
        "if 1 then 2 end.a",
        .field(e(.conditional([Branch(condition: one, consequence: two)], otherwise: nil)), "a")
      ),
      (
        "reduce 1 + 2 as $x (1; 2)",
        .reduce(
          source: e(.binary(.add, one, two)), patterns: [.variable("x")], initial: one, update: two)
      ),
      (
        "foreach 1 as $x (1; 2)",
        .foreach(source: one, patterns: [.variable("x")], initial: one, update: two, extract: nil)
      ),
      (
        "foreach 1 as [$x] (1; 2; 3)",
        .foreach(
          source: one, patterns: [.array([.variable("x")])], initial: one, update: two, extract: three)
      ),
      (
        ". as {a: $x, $y, $z: [$w], \"b\": $v, (1 | .a): $u, if: $t} ?// [$x, $y] | 1",
        .bind(
          source: input,
          patterns: [
            .object([
              ObjectPatternEntry(key: .name("a"), pattern: .variable("x")),
              ObjectPatternEntry(key: .variable("y")),
              ObjectPatternEntry(key: .variable("z"), pattern: .array([.variable("w")])),
              ObjectPatternEntry(key: .string(StringTemplate("b")), pattern: .variable("v")),
              ObjectPatternEntry(key: .computed(e(.pipe(one, f("a")))), pattern: .variable("u")),
              ObjectPatternEntry(key: .name("if"), pattern: .variable("t")),
            ]), .array([.variable("x"), .variable("y")]),
          ], body: one)
      ),
      (
        "def f(g; $x): 1; 2",
        .definition(
          FunctionDefinition(name: "f", parameters: [.filter("g"), .value("x")], body: one), two)
      ),
    ] as [(String, Node)])
  func control(source: String, node: Node) throws {
    #expect(bare(try parsed(source)).node == node)
  }

  @Test("Every form of an object's entry is read")
  func objects() throws {
    let source = """
      {a, "b", $x, $__loc__, if: 1, (.a): 2, "c\\(1)": 3, @base64 "d": 1, $x: 1 | 2, e: 1 // 2, f: -1,}
      """
    let interpolated = StringTemplate(parts: [.text("c"), .interpolation(one)])
    let formatted = StringTemplate(format: "base64", parts: [.text("d")])
    let entries = [
      ObjectEntry(key: .name("a")), ObjectEntry(key: .string(StringTemplate("b"))),
      ObjectEntry(key: .variable("x")), ObjectEntry(key: .location(line: 1)),
      ObjectEntry(key: .name("if"), value: one), ObjectEntry(key: .computed(f("a")), value: two),
      ObjectEntry(key: .string(interpolated), value: three),
      ObjectEntry(key: .string(formatted), value: one),
      ObjectEntry(key: .variable("x"), value: e(.pipe(one, two))),
      ObjectEntry(key: .name("e"), value: e(.binary(.alternative, one, two))),
      ObjectEntry(key: .name("f"), value: e(.negate(one))),
    ]
    #expect(bare(try parsed(source)).node == .object(entries))
  }

  @Test(
    "Escapes are resolved",
    arguments: [
      ("\"a\\n\\\"\\\\\\/\"", "a\n\"\\/"), ("\"\\u00e9\\ud83d\\ude00\"", "é😀"),
      ("\"\\udc00\"", "\u{FFFD}"), ("\"# no comment\"", "# no comment"), ("\"\"", ""),
    ])
  func escapes(source: String, text: String) throws {
    #expect(bare(try parsed(source)).node == .string(StringTemplate(text)))
  }

  @Test("Ranges are byte offsets of what was read")
  func ranges() throws {
    let expression = try parsed("  \"é\" + .b.c ")
    #expect(expression.range == 2..<13)
    #expect(expression.children.map(\.range) == [2..<6, 9..<13])
    #expect(expression.children.last?.children.map(\.range) == [9..<11])
  }

  @Test("Directives are kept, and definitions alone make no body")
  func directives() throws {
    let source = """
      module {name: "m"}; import "a" as a {search: "./"}; import "b" as $b; include "c"; def f: 1; def g: 2;
      """
    let program = try Parser.parse(source)
    #expect(program.metadata?.description == "{name: \"m\"}")
    #expect(program.imports.map(\.path) == ["a", "b", "c"])
    #expect(program.imports.map(\.kind) == [.module("a"), .data("b"), .include])
    #expect(program.imports.first?.metadata?.description == "{search: \"./\"}")
    #expect(program.definitions.map(\.name) == ["f", "g"])
    #expect(program.body == nil)
    #expect(try Parser.parse(" # nothing").body == nil)
  }

  /// Without ranges; parentheses are kept.
  private func bare(_ expression: Expression) -> Expression {
    let inner = expression.mapChildren(bare)
    guard case .definition(let definition, let body) = inner.node else { return Expression(inner.node) }
    let unplaced = FunctionDefinition(
      name: definition.name, parameters: definition.parameters, body: definition.body)
    return Expression(.definition(unplaced, body))
  }
}
