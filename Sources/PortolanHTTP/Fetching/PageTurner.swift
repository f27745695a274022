import Portolan
import RawJSON

/// Which page of a list a request asks for.
struct PagePosition: Sendable {
  /// A parameter of the request.
  struct Parameter: Sendable, Hashable {
    var name: String
    /// Its value as JSON: `50`, `"abc"`.
    var json: String

    init(_ name: String, _ number: Int) {
      self.name = name
      json = String(number)
    }

    init(_ name: String, json: String) {
      self.name = name
      self.json = json
    }

    /// Its value as text.
    var text: String { JSONView(valid: Array(json.utf8)).text ?? json }
  }

  /// Where the parameters go.
  var place: FetcherDefinition.Paging.Place
  var parameters: [Parameter] = []
  /// The page's URL, where an answer gave it.
  var url: String?
  /// The page's number, from 1.
  var number = 1
  /// The number of its first object, from 0, where that is known.
  var offset = 0
  /// What the last answer said to go on with, as JSON.
  var cursor: String?

  /// `page`, as templates know it.
  var json: [UInt8] {
    JSONWriter.object { page in
      page.add("number", number)
      page.add("offset", offset)
      page.add("cursor", json: (cursor ?? "null").utf8)
    }
  }
}

/// What is known of a page that has come.
struct PageFacts {
  /// How many objects it has.
  var count: Int
  /// How many of them had not come before.
  var fresh: Int
  /// A number that is the same for a page of the same bytes.
  var hash: UInt64
  /// How many objects the answer says that there are.
  var total: Int?
  /// Whether it says that it is the last page; nil where it says nothing of that.
  var isLast: Bool?
  /// What it says that the next request carries, as JSON; nil where there is none.
  var cursor: String?
  /// The next page's URL, nil where there is none.
  var next: String?
}

/// Why a list cannot be read to its end.
struct PagingError: Error {
  var message: String
}

/// Goes through a list from page to page, and knows when it is at its end.
///
/// A list may change while it is read. Where an answer says that there are fewer objects than the last one said,
/// those that came before may have moved up: the pages before are read again, and what came already is dropped. What
/// was there from the beginning to the end has come when it says so, or it is an error.
struct PageTurner {
  /// How many pages in a row may be empty and yet not the last.
  private static let emptyLimit = 100
  /// How often in a row pages are read again, because the total is lower than before, without anything new on them.
  private static let returnLimit = 5

  private let paging: FetcherDefinition.Paging
  /// The number of the page's first object, or of the page, counted from 0.
  private var index = 0
  /// The highest index that has been asked for: below it, pages are read again.
  private var furthest = -1
  /// How many objects the first page had: as many as the API puts on one.
  private var size = 0
  private var total: Int?
  /// How many objects were there from the beginning on, and are still.
  private var lasting: Int?
  private var cursor: String?
  private var next: String?
  /// The pages that came, by what is on them.
  private var hashes: Set<UInt64> = []
  /// What answers have led to, a cursor or a URL, by its hash.
  private var targets: Set<Int> = []
  private var emptyPages = 0
  /// Whether what the answers say of the total can be believed.
  private var isTotalBelieved = true
  /// Whether the last page has fewer objects than were asked for: it may have been thinned out after it was cut.
  private var mayBeThinned = false
  /// Whether a page without anything new was passed over since something new came.
  private var hasJumped = false
  /// How often pages were to be read again since something new came.
  private var returns = 0
  /// How many pages have come.
  private(set) var pages = 0
  /// How many different objects have come.
  private(set) var read = 0

  init(_ paging: FetcherDefinition.Paging) {
    self.paging = paging
  }

  /// Which page is asked for now.
  var position: PagePosition {
    var position = PagePosition(
      place: paging.place, url: next, number: pages + 1, offset: index, cursor: cursor)
    switch paging.style {
    case .offset(let name): position.parameters.append(.init(name, (paging.start ?? 0) + index))
    case .page(let name): position.parameters.append(.init(name, (paging.start ?? 1) + index))
    case .cursor(_, let name):
      if let cursor { position.parameters.append(.init(name, json: cursor)) }
    case .none, .next, .link: break
    }
    if let limit = paging.limit, let size = paging.size { position.parameters.append(.init(limit, size)) }
    return position
  }

  /// Whether objects can move from page to page while the list is read, so that one may come twice.
  var mayShift: Bool {
    switch paging.style {
    case .offset, .page: true
    case .none, .cursor, .next, .link: false
    }
  }

  /// Takes in what is known of the page that was asked for.
  ///
  /// - Returns: whether there is another one.
  /// - Throws: `PagingError` where the list cannot be read to its end.
  mutating func turn(_ page: PageFacts) throws(PagingError) -> Bool {
    pages += 1
    read += page.fresh
    if size == 0 { size = page.count }
    if let limit = paging.pages, pages >= limit { return false }
    if page.fresh > 0 { returns = 0 }
    let lost = count(page)
    if mayShift, lost > 0, index > 0 {
      try goBack(lost)
      return true
    }
    if isUnpaged(page) { return false }
    try checkRepetition(page)
    furthest = max(furthest, index)
    if try advance(page) { return true }
    try end()
    return false
  }

  /// Checks that the list may end here.
  ///
  /// - Throws: `PagingError` where not all of it has come.
  func end() throws(PagingError) {
    guard let lasting, read < lasting else { return }
    throw PagingError(message: "the list says that it has \(lasting) objects, and ended after \(read)")
  }

  /// Keeps the total. One that is lower than the number of an object that came with it is no total: some APIs write
  /// -1 or 0 where they do not know, or how many are on the page.
  ///
  /// - Returns: how many fewer objects there are than before.
  private mutating func count(_ page: PageFacts) -> Int {
    guard isTotalBelieved, let total = page.total else { return 0 }
    guard page.count == 0 || total >= firstNumber(of: page) + page.count else {
      isTotalBelieved = false
      self.total = nil
      lasting = nil
      return 0
    }
    let lost = max(0, (self.total ?? total) - total)
    self.total = total
    lasting = max(0, (lasting ?? total) - lost)
    return lost
  }

  /// How many objects are before the page's first one, at least.
  private func firstNumber(of page: PageFacts) -> Int {
    switch paging.style {
    case .offset: index
    case .page: index * size
    case .none, .cursor, .next, .link: max(0, read - page.count)
    }
  }

  private mutating func goBack(_ lost: Int) throws(PagingError) {
    returns += 1
    guard returns <= Self.returnLimit else {
      throw PagingError(
        message: "the number of objects that the list says it has goes up and down, and nothing new comes")
    }
    furthest = max(furthest, index)
    switch paging.style {
    case .offset: index = max(0, index - lost)
    default: index = max(0, index - (lost + max(size, 1) - 1) / max(size, 1))
    }
  }

  /// Whether nothing but what came before is on the page, because the list is not paged.
  private func isUnpaged(_ page: PageFacts) -> Bool {
    paging.mayBeUnpaged && mayShift && pages == 2 && page.fresh == 0 && page.count > 0
      && page.count != paging.size
  }

  /// Whether a page has fewer objects than were asked for, and is not empty.
  private func isThinned(_ page: PageFacts) -> Bool {
    page.count > 0 && page.count < paging.size ?? 0
  }

  private mutating func checkRepetition(_ page: PageFacts) throws(PagingError) {
    if page.count == 0 {
      emptyPages += 1
      guard emptyPages < Self.emptyLimit else {
        throw PagingError(message: "\(emptyPages) pages in a row were empty, and none was the last")
      }
      return
    }
    emptyPages = 0
    let isReadAgain = mayShift && index <= furthest
    let isSame = !hashes.insert(page.hash).inserted
    if page.fresh > 0 { hasJumped = false }
    let isKnown = isSame || (mayShift && page.fresh == 0)
    if isKnown, !isReadAgain, hasJumped || !mayBeThinned || !isThinned(page) {
      throw PagingError(
        message: "page \(pages) holds nothing but what came on a page before: the API does not go on")
    }
  }

  /// Whether there may be something after an empty page: the answer says so, or the page before was not full, as
  /// where an API leaves out what may not be seen after it has cut the page.
  private mutating func goesOnAfterEmpty(_ page: PageFacts, by step: Int?) -> Bool {
    guard let step else { return false }
    let isSaid = page.isLast == false && !paging.mayBeUnpaged
    guard isSaid || (mayBeThinned && total == nil && page.isLast == nil) else { return false }
    mayBeThinned = false
    index += step
    return true
  }

  /// Goes on to the next page; false where there is none.
  private mutating func advance(_ page: PageFacts) throws(PagingError) -> Bool {
    if page.isLast == true { return false }
    switch paging.style {
    case .none: return false
    case .offset:
      guard page.count > 0 else { return goesOnAfterEmpty(page, by: paging.size) }
      mayBeThinned = isThinned(page)
      // Where nothing new is on a page that is not full, all that is within it came before.
      hasJumped = page.fresh == 0
      index += page.fresh == 0 && mayBeThinned ? paging.size ?? page.count : page.count
      return total.map { index < $0 } ?? true
    case .page:
      guard page.count > 0 else { return goesOnAfterEmpty(page, by: 1) }
      index += 1
      return total.map { index * size < $0 } ?? true
    case .cursor:
      if page.count == 0, let cursor, cursor == page.cursor {
        throw PagingError(message: "page \(pages) is empty, and says to go on where it is already")
      }
      // Some APIs keep the place themselves, and give the same cursor on and on.
      if page.cursor != cursor { try checkCircle(page.cursor) }
      cursor = page.cursor
      return cursor != nil
    case .next, .link:
      try checkCircle(page.next)
      next = page.next
      return next != nil
    }
  }

  /// Checks that an answer leads on. What is on the pages need not tell: objects may differ each time they are sent.
  private mutating func checkCircle(_ target: String?) throws(PagingError) {
    guard let target, !targets.insert(target.hashValue).inserted else { return }
    throw PagingError(message: "page \(pages) leads back to a page that came before: the API does not go on")
  }
}
