import JQ
import TestSupport

/// Makes trees of every kind of node, without parentheses, as rewriting would leave them.
struct TreeGenerator {
  var random: SeededRandom

  mutating func expression(depth: Int) -> Expression {
    Expression(depth == 0 ? leaf() : node(below: depth - 1))
  }

  private mutating func leaf() -> Node {
    let leaves: [Node] = [
      .identity, .recurse, .number("1.5"), .number("2"), .null, .true, .false, .format("json"),
      .array(nil), .object([]), .breakOut("x"), .call("f", []), .call("m::g", []), .variable("x"),
      .location(line: 1), .string(StringTemplate("a\"\\\n\u{1}é")), .string(StringTemplate("")),
    ]
    return leaves.randomElement(using: &random) ?? .identity
  }

  private mutating func node(below depth: Int) -> Node {
    switch Int.random(in: 0..<24, using: &random) {
    case 0: .field(expression(depth: depth), ["a", "end", "a b", ""].randomElement(using: &random) ?? "a")
    case 1: .index(expression(depth: depth), expression(depth: depth))
    case 2: .slice(expression(depth: depth), expression(depth: depth), maybe(depth))
    case 3: .slice(expression(depth: depth), nil, expression(depth: depth))
    case 4: .iterate(expression(depth: depth))
    case 5: .optional(expression(depth: depth))
    case 6: .array(expression(depth: depth))
    case 7: .object(entries(depth))
    case 8: .negate(expression(depth: depth))
    case 9, 10: .pipe(expression(depth: depth), expression(depth: depth))
    case 11: .comma(expression(depth: depth), expression(depth: depth))
    case 12, 13:
      .binary(element(BinaryOperator.allCases, .add), expression(depth: depth), expression(depth: depth))
    case 14:
      .update(element(UpdateOperator.allCases, .assign), expression(depth: depth), expression(depth: depth))
    case 15:
      .bind(source: expression(depth: depth), patterns: patterns(depth), body: expression(depth: depth))
    case 16:
      .reduce(
        source: expression(depth: depth), patterns: patterns(depth), initial: expression(depth: depth),
        update: expression(depth: depth))
    case 17:
      .foreach(
        source: expression(depth: depth), patterns: patterns(depth), initial: expression(depth: depth),
        update: expression(depth: depth), extract: maybe(depth))
    case 18: .conditional(branches(depth), otherwise: maybe(depth))
    case 19: .tryCatch(expression(depth: depth), maybe(depth))
    case 20: .label("x", expression(depth: depth))
    case 21: .definition(definition(depth), expression(depth: depth))
    case 22: .call("f", [expression(depth: depth), expression(depth: depth)])
    default: .string(template(depth))
    }
  }

  private mutating func element<Value>(_ values: [Value], _ fallback: Value) -> Value {
    values.randomElement(using: &random) ?? fallback
  }

  private mutating func maybe(_ depth: Int) -> Expression? {
    Bool.random(using: &random) ? expression(depth: depth) : nil
  }

  private mutating func template(_ depth: Int) -> StringTemplate {
    StringTemplate(
      format: Bool.random(using: &random) ? "base64" : nil,
      parts: [.text("a"), .interpolation(expression(depth: depth)), .text("\t")])
  }

  private mutating func branches(_ depth: Int) -> [Branch] {
    (0..<Int.random(in: 1...2, using: &random)).map { _ in
      Branch(condition: expression(depth: depth), consequence: expression(depth: depth))
    }
  }

  private mutating func definition(_ depth: Int) -> FunctionDefinition {
    FunctionDefinition(name: "f", parameters: [.filter("g"), .value("x")], body: expression(depth: depth))
  }

  private mutating func entries(_ depth: Int) -> [ObjectEntry] {
    [
      ObjectEntry(key: .name("if"), value: maybe(depth)),
      ObjectEntry(key: .variable("x"), value: maybe(depth)),
      ObjectEntry(key: .string(template(depth)), value: maybe(depth)), ObjectEntry(key: .location(line: 1)),
      ObjectEntry(key: .computed(Expression(.call("key", []))), value: expression(depth: depth)),
    ]
  }

  private mutating func patterns(_ depth: Int) -> [Pattern] {
    let object = Pattern.object([
      ObjectPatternEntry(key: .variable("y")), ObjectPatternEntry(key: .name("end"), pattern: .variable("z")),
      ObjectPatternEntry(key: .string(template(depth)), pattern: .array([.variable("v"), .variable("w")])),
      ObjectPatternEntry(key: .computed(Expression(.call("key", []))), pattern: .variable("u")),
    ])
    return Bool.random(using: &random) ? [.variable("x")] : [.array([.variable("x")]), object]
  }
}
