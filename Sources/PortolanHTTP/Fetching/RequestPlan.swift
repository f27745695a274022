import Portolan
import RawJSON

/// How a list's requests are made.
struct RequestPlan: Sendable {
  private let method: APIRequest.Method
  private let path: TemplatePlan
  private let query: [(name: String, value: TemplatePlan)]
  private let headers: [(name: String, value: TemplatePlan)]
  private let form: [(name: String, value: TemplatePlan)]
  private let body: BodyPlan?
  private let expressions: Expressions

  init(_ list: FetcherDefinition.List) {
    var builder = Expressions.Builder()
    func plan(_ fields: [FetcherDefinition.Field]) -> [(name: String, value: TemplatePlan)] {
      fields.map { ($0.name, TemplatePlan($0.value, &builder)) }
    }
    method = list.method == "POST" ? .post : .get
    path = TemplatePlan(list.path, &builder)
    query = plan(list.query)
    headers = plan(list.headers)
    form = plan(list.form)
    body = list.body.map { BodyPlan($0, &builder) }
    expressions = Expressions(builder)
  }

  /// The request for a page.
  ///
  /// - Parameters:
  ///   - scope: what expressions know.
  ///   - input: what `.` is: the object that something is asked for; nil for null.
  ///   - page: which page.
  /// - Returns: the request.
  /// - Throws: `Diagnostic` where an expression fails.
  func request(_ scope: FetchScope, input: [UInt8]?, page: PagePosition) throws -> APIRequest {
    let results = try expressions.results(on: {
      scope.document(input ?? Array("null".utf8), page: page.json)
    })
    if let url = page.url {
      // The next page's URL says all that the query said.
      return APIRequest(method, url, headers: try fields(headers, results), body: try body(results, page))
    }
    var request = APIRequest(
      method, try url(results), query: try fields(query, results), headers: try fields(headers, results),
      body: try body(results, page))
    switch page.place {
    case .query: request.query = request.query.setting(page.parameters)
    case .headers: request.headers = request.headers.setting(page.parameters)
    case .body: break
    }
    return request
  }

  private func url(_ results: Expressions.Results) throws -> String {
    if path.beginsWithExpression, let text = try path.text(results),
      ["http://", "https://", "/"].contains(where: text.hasPrefix)
    {
      return text
    }
    return try path.text(results, encode: APIRequest.segment) ?? ""
  }

  private func fields(
    _ fields: [(name: String, value: TemplatePlan)], _ results: Expressions.Results
  ) throws -> [APIField] {
    try fields.flatMap { field in try field.value.texts(results).map { APIField(field.name, $0) } }
  }

  private func body(_ results: Expressions.Results, _ page: PagePosition) throws -> APIRequest.Body? {
    let isInBody = page.place == .body
    if !form.isEmpty {
      let fields = try fields(form, results)
      return .form(isInBody ? fields.setting(page.parameters) : fields)
    }
    var plan = body
    if isInBody {
      for parameter in page.parameters {
        let path = parameter.name.split(separator: ".").map(String.init)
        plan = (plan ?? .object([])).setting(path[...], parameter.json)
      }
    }
    return try plan?.json(results).map { .json($0) }
  }
}

extension [APIField] {
  /// The fields with those of the page in the place of any of the same name.
  fileprivate func setting(_ parameters: [PagePosition.Parameter]) -> [APIField] {
    filter { field in !parameters.contains { $0.name == field.name } }
      + parameters.map { APIField($0.name, $0.text) }
  }
}
