// swift-format-ignore-file
import Portolan
import PortolanHTTP

// The Swift examples in the comments of PortolanHTTP, word for word. They are compiled and never run, and a test sees
// that none is missing.

private let token = "…"
private var client: APIClient { fatalError("an example is compiled, not run") }

private func apiClient() async throws {
  let client = try APIClient(baseURL: "https://api.example.org", authentication: .bearer(token))
  let answer = try await client.send(APIRequest(.get, "/projects"))
  print(answer.status, answer.body.count)
}

private func apiRequest() {
  let request = APIRequest(.post, "/search", query: [APIField("expand", "names")], body: .json(Array("{}".utf8)))
  print(request.method, request.url)
}

private func writes() {
  let upsert = APIRequest(.put, "/services/web", body: .json(Array(#"{"tier": 1}"#.utf8)))
  let order = APIRequest(.post, "/orders", body: .json(Array("{}".utf8)), writes: true, repeats: .ifUnsent)
  print(upsert.repeats, order.repeats)  // always ifUnsent
}

private func segment() {
  let request = APIRequest(.get, "/projects/\(APIRequest.segment("acme/web"))/pipelines")
  print(request.url)  // /projects/acme%2Fweb/pipelines
}

private func apiPaging() {
  let byOffset = APIPaging.offset("startAt", limit: "maxResults", size: 50, total: ".body.total")
  let byCursor = APIPaging.cursor(".body.nextPageToken", parameter: "nextPageToken", in: .body)
  print(byOffset, byCursor, APIPaging.link(), APIPaging.next(".body.links.next"), APIPaging.onePage)
}

private func apiList() async throws {
  let boards = APIList(
    APIRequest(.get, "/rest/agile/1.0/board"), items: ".values",
    paging: .offset("startAt", limit: "maxResults", size: 50, until: ".body.isLast"))
  for try await board in client.objects(of: boards) { print(board["name"]?.text ?? "no name") }
}

private func pages() {
  struct ProjectFetcher: RawFetcher {
    let client: APIClient

    func fetch(_ request: FetchRequest) -> PageStream {
      client.pages(of: APIList(APIRequest(.get, "/projects"), items: ".projects", paging: .page("page")))
    }
  }
}

private func objects() {
  struct PipelineFetcher: RawFetcher {
    let client: APIClient

    func fetch(_ request: FetchRequest) -> PageStream {
      PageStream { pages in
        let projects = APIList(APIRequest(.get, "/projects"), paging: .link())
        for try await project in client.objects(of: projects) {
          let name = APIRequest.segment(project["path_with_namespace"]?.text ?? "")
          let pipelines = APIList(
            APIRequest(.get, "/projects/\(name)/pipelines"), paging: .link(), none: ".status == 403",
            added: ["__project": "parent.id"], parent: project)
          for try await page in client.pages(of: pipelines) { try await pages.send(page) }
        }
      }
    }
  }
}

private func apiObjects() async throws {
  for try await team in client.objects(of: APIList(APIRequest(.get, "/teams"), items: ".teams")) {
    print(team["name"]?.text ?? "no name")
  }
}

private func integrationFetcher() async throws {
  for integration in Integration.find(from: ".") {
    let fetcher = try IntegrationFetcher(integration, environment: ["OCEAN__INTEGRATION__CONFIG__TOKEN": "…"])
    for try await page in fetcher.fetch(FetchRequest(kind: "project")) { print(page.bytes.count) }
  }
}

private func oceanCustomFetcher() async throws {
  let configuration = #"{"baseUrl": "https://api.example.org", "authType": "bearer_token", "apiToken": "…"}"#
  let fetcher = try OceanCustomFetcher(configuration: Array(configuration.utf8))
  for try await page in fetcher.fetch(FetchRequest(kind: "/api/v1/users", selector: #"{"data_path": ".users"}"#)) {
    print(page.bytes.count)
  }
}
