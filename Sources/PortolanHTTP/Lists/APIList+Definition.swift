import JQ
import Portolan
import RawJSON

extension APIList {
  /// The list as a `fetcher.yml` would define it.
  ///
  /// - Throws: `Diagnostic` for a text that is not jq, and for a body that is not JSON.
  var definition: FetcherDefinition.List {
    get throws(Diagnostic) {
      var list = FetcherDefinition.List(method: request.method.rawValue, path: template(request.url))
      list.query = fields(request.query)
      list.headers = fields(request.headers)
      list.paging = try pagingDefinition
      list.items = try expression(items)
      list.none = try expression(none)
      list.error = try expression(error)
      list.retry = try expression(retry)
      switch request.body {
      case .json(let json): list.body = try body(json)
      case .form(let form): list.form = fields(form)
      case nil: break
      }
      for (key, jq) in added.sorted(by: { $0.key < $1.key }) {
        list.added.append(FetcherDefinition.Added(key, try expression(jq)))
      }
      return list
    }
  }

  private var pagingDefinition: FetcherDefinition.Paging {
    get throws(Diagnostic) {
      let style: FetcherDefinition.Paging.Style =
        switch paging.style {
        case .none: .none
        case .offset(let name): .offset(name)
        case .page(let name): .page(name)
        case .cursor(let jq, let name): .cursor(try expression(jq), parameter: name)
        case .next(let jq): .next(try expression(jq))
        case .link(let relation): .link(relation)
        }
      var definition = FetcherDefinition.Paging(style)
      definition.place =
        switch paging.place {
        case .query: .query
        case .body: .body
        case .headers: .headers
        }
      definition.limit = paging.limit
      definition.size = paging.size
      definition.start = paging.start
      definition.total = try expression(paging.total)
      definition.until = try expression(paging.until)
      return definition
    }
  }

  private func template(_ text: String) -> Template { Template([.text(text)], at: location) }

  private func fields(_ fields: [APIField]) -> [FetcherDefinition.Field] {
    fields.map { FetcherDefinition.Field($0.name, template($0.value)) }
  }

  private func expression(_ jq: String?) throws(Diagnostic) -> ConfigExpression? {
    guard let jq else { return nil }
    return try expression(jq)
  }

  private func expression(_ jq: String) throws(Diagnostic) -> ConfigExpression {
    let expression = ConfigExpression(text: jq, at: location)
    if let error = expression.expression.syntaxError {
      throw problem("`\(jq)` is not jq: \(error)", help: error.help)
    }
    // What else a fetcher.yml knows, a program has in its own variables.
    let unknown = expression.expression.program?.unresolvedNames.first {
      $0.use != .function(arity: 0) || $0.name != FetcherContext.parent.rawValue
    }
    if let unknown {
      let name = String(decoding: Array(jq.utf8)[unknown.range], as: UTF8.self)
      throw problem(
        "`\(jq)` does not compile: there is no `\(name)`",
        help: "besides jq's own functions there is `parent`")
    }
    return expression
  }

  /// The body as one that takes the paging's parameters: objects by their members.
  private func body(_ json: [UInt8]) throws(Diagnostic) -> BodyTemplate {
    do throws(JSONError) {
      return Self.body(try JSONView(validating: json))
    } catch {
      throw problem("the body of the list's request is not JSON: \(error)")
    }
  }

  /// Only objects are taken apart, as deep as JSON may be.
  private static func body(_ view: JSONView) -> BodyTemplate {
    guard let members = view.members else { return .constant(view.json) }
    return .object(members.map { ($0.key, body($0.value)) })
  }

  /// The message holds nothing of the request: a secret may be in it.
  private func problem(_ message: String, help: String? = nil) -> Diagnostic {
    Diagnostic(.error, .invalidExpression, message, help: help, at: location)
  }
}
