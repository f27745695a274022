import JQ
import Portolan
import RawJSON

/// Reads the answers to a list's requests: where the objects are, and what else they say.
struct AnswerPlan: Sendable {
  /// Where the objects are.
  private enum Items: Sendable {
    /// The body is a list of them, or one.
    case body
    case path(JSONPath, text: String)
    /// What an expression makes of the body.
    case expression(SingleExpression)
  }

  /// A total above this is none: numbers in JSON are exact up to here.
  private static let largestTotal = 1 << 53

  private let items: Items
  private let style: FetcherDefinition.Paging.Style
  private let expressions: Expressions
  private let none: Expressions.Key?
  private let error: Expressions.Key?
  private let retry: Expressions.Key?
  private let total: Expressions.Key?
  private let until: Expressions.Key?
  /// The cursor, or the next page's URL.
  private let next: Expressions.Key?

  init(_ list: FetcherDefinition.List) {
    var builder = Expressions.Builder()
    none = builder.add(list.none)
    error = builder.add(list.error)
    retry = builder.add(list.retry)
    total = builder.add(list.paging.total)
    until = builder.add(list.paging.until)
    style = list.paging.style
    switch style {
    case .cursor(let expression, _), .next(let expression): next = builder.add(expression)
    case .none, .offset, .page, .link: next = nil
    }
    expressions = Expressions(builder)
    items = Self.items(list)
  }

  private static func items(_ list: FetcherDefinition.List) -> Items {
    guard let expression = list.items else { return .body }
    if case .path(let path) = expression.expression.plain, !path.isOptional.contains(true),
      !list.mayBeOneObject
    {
      return path.path.steps.isEmpty ? .body : .path(path.path, text: expression.text)
    }
    return .expression(SingleExpression(expression))
  }
}

/// What an answer came to.
enum Answer {
  /// Objects, and what is known of what follows them. `hash` and `fresh` of the facts are for the reader to find.
  case page(ObjectPage, PageFacts)
  /// It says that there are none here.
  case none
  /// It says to ask again.
  case again
}

/// Objects as they came in an answer, or as they were made of it.
struct ObjectPage: Sendable {
  var bytes: [UInt8]
  var layout: RawPage.Layout
  /// Where each object is in the bytes.
  var objects: [Range<Int>]
  /// The request that they answer, for messages.
  var request: String

  /// The page for the engine.
  var raw: RawPage {
    RawPage(
      bytes, objectsAt: layout, location: SourceLocation(file: request, line: 1, column: 1))
  }

  static func empty(_ request: String) -> ObjectPage {
    ObjectPage(bytes: Array("[]".utf8), layout: .text, objects: [], request: request)
  }
}

extension AnswerPlan {
  /// Reads an answer.
  ///
  /// - Parameters:
  ///   - response: the answer.
  ///   - scope: what expressions know.
  ///   - page: the number of the page, from 1.
  ///   - read: how many objects came before.
  ///   - mask: hides what no message may show.
  /// - Returns: what it came to.
  /// - Throws: ``APIError`` where the answer is none, ``CutAnswer`` where it ends too early, and `Diagnostic`
  ///   where an expression fails.
  func read(
    _ response: APIResponse, _ scope: FetchScope, page: Int, read: Int, mask: SecretMask
  ) throws -> Answer {
    let isFine = (200..<300).contains(response.status)
    let body = AnswerBody(response, mask)
    let found = isFine ? Result { try self.page(of: body, response, scope) } : nil
    // What is cut or no JSON at all is no answer, whatever expressions would say of it.
    if case .failure(let problem) = found, !body.isEmpty, (try? body.check()) == nil { throw problem }
    let count = (try? found?.get())?.objects.count
    let results = try expressions.results(on: {
      scope.document(reserving: response.body.count + 4096) {
        body.write(page: page, count: count, read: read, isChecked: isFine, into: &$0)
      }
    })
    do {
      if try results.isTrue(none) { return .none }
      if try results.isTrue(retry) { return .again }
      if let problem = try results.value(error), problem.boolean != false {
        var error = APIError(
          request: response.request, .invalidAnswer(mask.mask("it says: \(problem.text ?? problem.json)")))
        error.advice = "the API's documentation says what it means by that"
        throw error
      }
    } catch let problem as Diagnostic {
      throw isFine ? problem : response.statusError(mask)
    }
    guard let objects = try found?.get() else { throw response.statusError(mask) }
    return .page(objects, try facts(results, response, mask, count: objects.objects.count))
  }

  private func facts(
    _ results: Expressions.Results, _ response: APIResponse, _ mask: SecretMask, count: Int
  ) throws -> PageFacts {
    var facts = PageFacts(count: count, fresh: count, hash: 0)
    facts.total = try results.value(total)?.number.flatMap { Double($0) }.flatMap { Int(exactly: $0) }
      .flatMap { (0...Self.largestTotal).contains($0) ? $0 : nil }
    facts.isLast = try results.value(until).map { $0.boolean ?? true }
    let next = try results.value(next).flatMap { $0.text == "" || $0.boolean == false ? nil : $0 }
    switch style {
    case .cursor: facts.cursor = next?.json
    case .next:
      if let next, next.text == nil {
        throw APIError(
          request: response.request,
          .incompleteList("what `next` gives is \(next.kind.phrase), and not the URL of the next page"))
      }
      facts.next = try Self.url(next?.text, response)
    case .link(let relation):
      facts.next = try Self.link(relation, response, mask)
    case .none, .offset, .page: break
    }
    return facts
  }

  /// The whole URL that the `Link` header has for a relation.
  private static func link(_ relation: String, _ response: APIResponse, _ mask: SecretMask) throws -> String?
  {
    let values = response[header: "link"]
    let target = LinkHeader.target(of: relation, in: values)
    if target == nil, let value = values.first(where: { LinkHeader.names(relation, $0) }) {
      throw APIError(
        request: response.request,
        .incompleteList(mask.mask("its Link header names a next page, and no address for it: \(value)")))
    }
    return try url(target, response)
  }

  /// The whole URL that an answer names.
  private static func url(_ reference: String?, _ response: APIResponse) throws -> String? {
    guard let reference else { return nil }
    do throws(RequestURL.Problem) {
      return try RequestURL(response.url).resolving(reference).text
    } catch {
      throw APIError(
        request: response.request, .invalidAnswer("the address of its next page \(error.message)"))
    }
  }

  private func page(
    of body: AnswerBody, _ response: APIResponse, _ scope: FetchScope
  ) throws -> ObjectPage {
    switch items {
    case .body:
      if body.isLines { return try body.page(.text, Framer(.objects)) }
      return try body.isList ? body.page(.list(at: JSONPath()), Framer(.list(at: JSONPath()))) : body.single()
    case .path(let path, let text):
      return try body.page(.list(at: path), Framer(.list(at: path)), path: text)
    case .expression(let expression):
      guard !body.isEmpty else { return try body.nothing() }
      try body.check()
      guard let json = try expression.json(on: scope.document(response.body)) else {
        return .empty(response.request)
      }
      var answer = response
      answer.body = json
      let list = AnswerBody(answer, body.mask)
      return try list.isList
        ? list.page(.list(at: JSONPath()), Framer(.list(at: JSONPath()))) : list.single()
    }
  }
}
