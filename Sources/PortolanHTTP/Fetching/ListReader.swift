import Portolan
import RawJSON

/// A list of objects, made ready to be asked for any number of times.
final class ListPlan: Sendable {
  let request: RequestPlan
  let answer: AnswerPlan
  let paging: FetcherDefinition.Paging
  let adder: ObjectAdder?

  init(_ list: FetcherDefinition.List) {
    request = RequestPlan(list)
    answer = AnswerPlan(list)
    paging = list.paging
    adder = ObjectAdder(list)
  }

  /// A list that differs from another one in its request only.
  init(_ list: FetcherDefinition.List, readAs other: ListPlan) {
    request = RequestPlan(list)
    answer = other.answer
    paging = other.paging
    adder = other.adder
  }
}

/// Reads a list to its end, page by page.
struct ListReader: Sendable {
  let client: APIClient
  let plan: ListPlan
  let scope: FetchScope

  /// Reads the list.
  ///
  /// - Parameters:
  ///   - input: the object that it is asked for, nil where it is for none.
  ///   - receive: takes a page. A page without objects is not delivered.
  /// - Throws: ``APIError`` where the list cannot be read to its end, `Diagnostic` for an expression that fails and,
  ///   as a warning, where it has more pages than are to be read, and what `receive` throws.
  func read(input: [UInt8]? = nil, _ receive: (ObjectPage) async throws -> Void) async throws {
    var turner = PageTurner(plan.paging)
    var known = KnownObjects()
    var last = ""
    while true {
      let request = try plan.request.request(scope, input: input, page: turner.position)
      guard var (page, facts) = try await page(request, turner) else {
        return try Self.naming(last) { () throws(PagingError) in try turner.end() }
      }
      last = page.request
      facts.hash = page.hash
      if turner.mayShift {
        page = known.fresh(of: page)
        facts.fresh = page.objects.count
      }
      let goesOn = try Self.naming(page.request) { () throws(PagingError) in try turner.turn(facts) }
      if !page.objects.isEmpty {
        if let adder = plan.adder { page = try await adder.add(to: page, scope, client) }
        try await receive(page)
      }
      if turner.wasCut { throw Self.cut(page.request, turner.pages) }
      if !goesOn { return }
    }
  }

  /// What it means that a list has more pages than `paging: pages` allows.
  private static func cut(_ request: String, _ pages: Int) -> Diagnostic {
    Diagnostic(
      .warning, .limitedFetch,
      "only the first \(pages == 1 ? "page" : "\(pages) pages") of a list were read: it goes on after \(request)",
      help: "`paging: pages` in fetcher.yml says how many there are at most")
  }

  /// Does something to the paging, whose errors name the request that they are about.
  private static func naming<Value>(
    _ request: String, _ body: () throws(PagingError) -> Value
  ) throws(APIError) -> Value {
    do throws(PagingError) {
      return try body()
    } catch {
      throw APIError(request: request, .incompleteList(error.message))
    }
  }

  /// The page that a request is answered with; nil where the answer says that there are none.
  private func page(_ request: APIRequest, _ turner: PageTurner) async throws -> (ObjectPage, PageFacts)? {
    var attempt = 1
    while true {
      try Task.checkCancellation()
      var response = try await client.send(request)
      response.body = try AnswerBody.text(of: response)
      do {
        switch try plan.answer.read(
          response, scope, page: turner.pages + 1, read: turner.read, mask: client.mask)
        {
        case .page(let page, let facts): return (page, facts)
        case .none: return nil
        case .again:
          guard attempt < client.limits.attempts else {
            var error = response.statusError(client.mask)
            error.attempts = attempt
            throw error
          }
        }
      } catch var error as APIError {
        if case .status(let status, _) = error.reason, [400, 404].contains(status), turner.pages > 0,
          turner.mayShift
        {
          error.advice =
            "if that is how the API ends its list, `none: .page > 1 and .status == \(status)` says so"
        }
        throw error
      } catch var problem as Diagnostic {
        problem.message += ", on the answer to \(response.request)"
        throw problem
      } catch let cut as CutAnswer {
        guard attempt < client.limits.attempts else {
          throw APIError(
            request: cut.request, .connection("the answer \(cut.problem)"), attempts: attempt)
        }
      }
      try await client.pause(after: attempt)
      attempt += 1
    }
  }
}

extension ObjectPage {
  /// A number that is the same for the same objects in the same order.
  fileprivate var hash: UInt64 {
    guard let first = objects.first, let last = objects.last else { return 0 }
    return bytes.withScanner { $0.hash(first.lowerBound..<last.upperBound) }
  }
}

/// The objects of a list that have come, by which one is known that has moved from a page to another.
private struct KnownObjects {
  private var hashes: Set<UInt64> = []

  /// The page without the objects that came before.
  mutating func fresh(of page: ObjectPage) -> ObjectPage {
    let found = page.bytes.withScanner { text in page.objects.map { text.hash($0) } }
    let fresh = zip(page.objects, found).filter { !hashes.contains($0.1) }.map(\.0)
    hashes.formUnion(found)
    return page.keeping(fresh)
  }
}

extension ObjectPage {
  /// The page with only some of its objects.
  func keeping(_ kept: [Range<Int>]) -> ObjectPage {
    guard kept.count < objects.count else { return self }
    var page = ObjectPage(
      bytes: [UInt8(ascii: "[")], layout: .list(at: JSONPath()), objects: [], request: request)
    for object in kept {
      if !page.objects.isEmpty { page.bytes.append(UInt8(ascii: ",")) }
      let start = page.bytes.count
      page.bytes += bytes[object]
      page.objects.append(start..<page.bytes.count)
    }
    page.bytes.append(UInt8(ascii: "]"))
    return page
  }
}
