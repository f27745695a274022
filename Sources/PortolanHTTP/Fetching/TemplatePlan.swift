import Portolan
import RawJSON

/// A template whose expressions are among those of an ``Expressions``.
struct TemplatePlan: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case expression(Expressions.Key)
  }

  private let pieces: [Piece]

  init(_ template: Template, _ builder: inout Expressions.Builder) {
    pieces = template.pieces.map { piece in
      switch piece {
      case .text(let text): .text(text)
      case .expression(let expression): .expression(builder.add(expression))
      }
    }
  }

  /// The value: of any type where the template is one expression, otherwise a text. Nil for null.
  func json(_ results: Expressions.Results) throws(Diagnostic) -> [UInt8]? {
    if pieces.count == 1, case .expression(let key) = pieces[0] { return try results.json(key) }
    return Array(JSONText.quoted(try text(results) ?? "").utf8)
  }

  /// The value as text, with `encode` applied to what expressions give. Nil where the template is one expression
  /// that gives null.
  ///
  /// - Throws: `Diagnostic` where an expression fails, or one in the middle of text gives null.
  func text(
    _ results: Expressions.Results, encode: (String) -> String = { $0 }
  ) throws(Diagnostic) -> String? {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let part): text += part
      case .expression(let key):
        if let value = try results.value(key) {
          text += encode(value.text ?? value.json)
        } else if pieces.count == 1 {
          return nil
        } else {
          let expression = results.expression(key)
          throw Diagnostic(
            .error, .fetcherExpressionFailed, "`\(expression.text)` is null, and text is to be made of it",
            help: expression.text.hasPrefix("config.")
              ? "set it in the environment, .env or config.yaml, or leave out what needs it"
              : "see that it has a value, or give one: `\(expression.text) // \"…\"`",
            at: expression.location)
        }
      }
    }
    return text
  }

  /// The values as texts: one for each element of a list, none for null.
  func texts(_ results: Expressions.Results) throws(Diagnostic) -> [String] {
    if pieces.count == 1, case .expression(let key) = pieces[0],
      let elements = try results.value(key)?.elements
    {
      return elements.map { $0.text ?? $0.json }
    }
    return try text(results).map { [$0] } ?? []
  }

  /// Whether the template begins with an expression: a whole URL, perhaps.
  var beginsWithExpression: Bool {
    if case .expression = pieces.first { true } else { false }
  }
}

/// A body whose expressions are among those of an ``Expressions``.
indirect enum BodyPlan: Sendable {
  case constant(String)
  case template(TemplatePlan)
  case list([BodyPlan])
  case object([(key: String, value: BodyPlan)])

  init(_ body: BodyTemplate, _ builder: inout Expressions.Builder) {
    switch body {
    case .constant(let json): self = .constant(json)
    case .template(let template): self = .template(TemplatePlan(template, &builder))
    case .list(let elements): self = .list(elements.map { BodyPlan($0, &builder) })
    case .object(let members): self = .object(members.map { ($0.key, BodyPlan($0.value, &builder)) })
    }
  }

  /// The body with a constant at a path of keys, in the place of what is there.
  func setting(_ path: ArraySlice<String>, _ json: String) -> BodyPlan {
    guard let key = path.first else { return .constant(json) }
    guard case .object(var members) = self else { return BodyPlan.object([]).setting(path, json) }
    if let place = members.firstIndex(where: { $0.key == key }) {
      members[place].value = members[place].value.setting(path.dropFirst(), json)
    } else {
      members.append((key, BodyPlan.object([]).setting(path.dropFirst(), json)))
    }
    return .object(members)
  }

  /// The body's JSON, nil for null.
  func json(_ results: Expressions.Results) throws(Diagnostic) -> [UInt8]? {
    switch self {
    case .constant(let json): return Array(json.utf8)
    case .template(let template): return try template.json(results)
    case .list(let elements):
      var values: [[UInt8]] = []
      for element in elements {
        if let json = try element.json(results) { values.append(json) }
      }
      var writer = JSONWriter()
      writer.array { array in for value in values { array.json(value) } }
      return writer.bytes
    case .object(let members):
      var values: [(String, [UInt8])] = []
      for (key, value) in members {
        if let json = try value.json(results) { values.append((key, json)) }
      }
      return JSONWriter.object { object in for (key, json) in values { object.add(key, json: json) } }
    }
  }
}
