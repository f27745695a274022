import Portolan
import PortolanHTTP

/// A fetcher in Swift on the public parts: boards, the sprints of each board, and issues by a search.
struct BoardFetcher: RawFetcher {
  let client: APIClient

  private var boards: APIList {
    APIList(
      APIRequest(.get, "/boards"), items: ".values", paging: .offset("startAt", limit: "maxResults", size: 2))
  }

  private func sprints(of board: JSONView) -> APIList {
    APIList(
      APIRequest(.get, "/boards/\(APIRequest.segment(board["id"]?.text ?? ""))/sprints"), items: ".values",
      paging: .page("page", total: ".body.total"), none: ".status == 400",
      added: ["__board": "parent.id", "__name": ".name | ascii_upcase"], parent: board)
  }

  private func issues(_ query: String) -> APIList {
    APIList(
      APIRequest(
        .post, "/search", body: .json(Array(#"{"query": {"text": "\#(query)"}, "fields": ["*all"]}"#.utf8))),
      items: ".issues", paging: .cursor(".body.next", parameter: "query.after", in: .body),
      error: ".body.problem")
  }

  func fetch(_ request: FetchRequest) -> PageStream {
    switch request.kind {
    case "board": client.pages(of: boards)
    case "issue": client.pages(of: issues("open"))
    default:
      PageStream { pages in
        for try await board in client.objects(of: boards) where board["type"]?.text == "scrum" {
          for try await page in client.pages(of: sprints(of: board)) { try await pages.send(page) }
        }
      }
    }
  }
}
