import Testing

@testable import Portolan

@Suite("Templates")
struct TemplateTests {
  /// The template that `scalar` is as a path in YAML.
  private func template(_ scalar: String) throws -> Template {
    let definition = try fetcher("baseUrl: https://example.com\nkinds:\n  k:\n    get: \(scalar)")
    return try #require(definition.kinds.first, "\(definition.diagnostics)").list.path
  }

  @Test(
    "what is between braces is jq, up to the braces that end it",
    arguments: [
      ("/a", ["/a"]),
      ("/a/{{ config.id }}/b", ["/a/", "config.id", "/b"]),
      ("/a/{{config.id}}{{kind}}", ["/a/", "config.id", "kind"]),
      ("/{ {a} }/}}", ["/{ {a} }/}}"]),
      (#"'{{ "}}" }}'"#, [#""}}""#]),
      (#"'{{ {a: {b: 1}} | tojson }}!'"#, ["{a: {b: 1}} | tojson", "!"]),
      (#"'{{{a: {b: 1}}}}'"#, ["{a: {b: 1}}"]),
      (#"'{{ "\({a: {b: "}}"}} | tojson) }}" }}/x'"#, [#""\({a: {b: "}}"}} | tojson) }}""#, "/x"]),
      ("\"{{ \\\"a\\\" }}\"", [#""a""#]),
      ("'{{ config.it }}''s'", ["config.it", "'s"]),
      (">-\n      /a/{{ config.a |\n      tostring }}/b", ["/a/", "config.a | tostring", "/b"]),
    ])
  func pieces(scalar: String, pieces: [String]) throws {
    let found = try template(scalar).pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .expression(let expression): expression.text
      }
    }
    #expect(found == pieces)
  }

  @Test(
    "an expression knows where each of its characters is",
    arguments: [
      "/é/{{ config.«id» }}", "'/it''s/{{ config.«id» }}'", #""\u00e9{{ config.«id» }}""#,
      ">-\n      /a/\n      b{{ kind }}{{\n      config.«id» }}",
    ])
  func places(marked: String) throws {
    let text = MarkedText("baseUrl: https://example.com\nkinds:\n  k:\n    get: \(marked)")
    let kind = try #require(try fetcher(text.text).kinds.first)
    let expression = try #require(kind.list.path.expressions.last)
    let start = expression.location(ofOffset: 7)
    let end = expression.location(ofOffset: 9)
    #expect("\(start.line):\(start.column)-\(end.column)" == text.place)
    let before = expression.location(ofOffset: 0)
    #expect(before == expression.location && before.column == start.column - 7)
  }

  @Test(
    "braces that are not closed, or hold nothing, are an error at their place",
    arguments: [
      "/a/«{{» config.id", "/a/«{{» config.id }", "'/a/«{{ }}»/b'", "\"/a/«{{}}»\"",
      "'{{ kind }}«{{» \"a'", "/a/«{{» kind # }}",
    ])
  func errors(marked: String) throws {
    let text = MarkedText("baseUrl: https://example.com\nkinds:\n  k:\n    get: \(marked)")
    let problems = fetcherProblems(text.text)
    #expect(problems.map(\.rule) == [.invalidTemplate])
    #expect(problems.map(\.place) == [text.place])
    #expect(problems.allSatisfy { $0.help != nil })
  }

  @Test(
    "hostile texts end soon, in an error",
    arguments: ["{{ # }}", "{{ {a }}", "{{ kind }}", "{{ \" }}", "{{", "{{ ( }}"])
  func hostile(text: String) {
    let text = String(repeating: text, count: 2_000)
    let problems = fetcherProblems("baseUrl: https://example.com\nkinds: {k: {get: '/\(text)'}}")
    #expect(problems.contains { $0.severity == .error })
  }

  @Test(
    "braces without quotes are a mapping to YAML, and the help says so",
    arguments: [
      "{{ config.id }}", "{{ config.id }}/x", "{{ config.a | tostring }}",
    ])
  func unquoted(scalar: String) throws {
    let problems = fetcherProblems("baseUrl: https://example.com\nkinds:\n  k:\n    get: \(scalar)")
    let first = try #require(problems.first)
    #expect(first.location?.line == 4)
    #expect(first.help?.contains("quotes") == true, "\(first)")
  }
}
