import RawJSON
import Testing

@testable import PortolanScaffold

@Suite("how a list seems to go on")
struct PagingTests {
  private func guess(_ answer: String, list: [String], parameters: [String]? = nil) throws -> String? {
    let view = try JSONView(validating: Array(answer.utf8))
    return PagingGuess(answer: view, list: list, parameters: parameters).map { guess in
      guess.entries.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
    }
  }

  @Test(
    "told by what is beside the list",
    arguments: [
      (
        #"{"values": [], "startAt": 0, "maxResults": 50, "total": 3}"#, "values",
        "offset: startAt, limit: maxResults, size: 50, total: .body.total"
      ),
      (
        #"{"issues": [], "nextPageToken": "abc"}"#, "issues",
        "cursor: .body.nextPageToken, parameter: nextPageToken"
      ),
      (
        #"{"results": [], "_links": {"next": {"href": "https://x/y"}}}"#, "results",
        "next: .body._links.next.href"
      ),
      (#"{"value": [], "@odata.nextLink": "https://x/y"}"#, "value", #"next: .body["@odata.nextLink"]"#),
      (#"{"data": [], "links": {"next": null}}"#, "data", "next: .body.links.next"),
      (
        #"{"services": [], "limit": 25, "offset": 0, "more": false, "total": null}"#, "services",
        "offset: offset, limit: limit, size: 25, until: .body.more | not"
      ),
      (
        #"{"Items": [], "ItemsPerPage": 30, "TotalResults": 9, "LastPageNumber": 0}"#, "Items",
        "offset: skip, limit: take, size: 30, total: .body.TotalResults"
      ),
      (
        #"{"items": [], "page": 1, "per_page": 20, "total_pages": 4}"#, "items",
        "page: page, limit: per_page, size: 20, until: .body.page >= .body.total_pages"
      ),
    ])
  func answers(answer: String, list: String, expected: String) throws {
    #expect(try guess(answer, list: [list]) == expected)
  }

  @Test("nothing is guessed of a list alone")
  func none() throws {
    #expect(try guess(#"{"values": []}"#, list: ["values"]) == nil)
  }

  @Test("a page of two objects says nothing of how many there may be")
  func smallPages() throws {
    let text = try guess(#"{"values": [], "startAt": 0, "maxResults": 2}"#, list: ["values"])
    #expect(text == "offset: startAt, limit: maxResults, size: 50")
  }

  @Test("parameters that are known are taken by their names")
  func parameters() throws {
    let text = try guess(
      #"{"data": [], "meta": {"next_cursor": "x"}}"#, list: ["data"], parameters: ["cursor", "page_size"])
    #expect(text == "cursor: .body.meta.next_cursor, parameter: cursor, limit: page_size, size: 50")
    #expect(try guess(#"{"data": [], "page": 1}"#, list: ["data"], parameters: ["filter"]) == nil)
  }
}
