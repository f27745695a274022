import Portolan
import RawJSON

extension APIClient {
  /// The pages of a list, as the API sends them: what a `RawFetcher` gives.
  ///
  /// Each object comes once, or the stream ends with an error: `APIError` where the list cannot be read to its end,
  /// `Diagnostic` where its jq does not compile or fails.
  ///
  /// ```swift
  /// struct ProjectFetcher: RawFetcher {
  ///   let client: APIClient
  ///
  ///   func fetch(_ request: FetchRequest) -> PageStream {
  ///     client.pages(of: APIList(APIRequest(.get, "/projects"), items: ".projects", paging: .page("page")))
  ///   }
  /// }
  /// ```
  public func pages(of list: APIList) -> PageStream {
    PageStream { pages in
      try await self.read(list) { try await pages.send($0.raw) }
    }
  }

  /// The objects of a list, one after another: for whoever asks for something else with each of them.
  ///
  /// A page or two are fetched ahead, and no more once nobody takes objects. It ends as ``pages(of:)`` does.
  ///
  /// ```swift
  /// struct PipelineFetcher: RawFetcher {
  ///   let client: APIClient
  ///
  ///   func fetch(_ request: FetchRequest) -> PageStream {
  ///     PageStream { pages in
  ///       let projects = APIList(APIRequest(.get, "/projects"), paging: .link())
  ///       for try await project in client.objects(of: projects) {
  ///         let name = APIRequest.segment(project["path_with_namespace"]?.text ?? "")
  ///         let pipelines = APIList(
  ///           APIRequest(.get, "/projects/\(name)/pipelines"), paging: .link(), none: ".status == 403",
  ///           added: ["__project": "parent.id"], parent: project)
  ///         for try await page in client.pages(of: pipelines) { try await pages.send(page) }
  ///       }
  ///     }
  ///   }
  /// }
  /// ```
  public func objects(of list: APIList) -> APIObjects {
    APIObjects(pages: Relay { output in try await self.read(list) { try await output.send($0) } })
  }

  private func read(_ list: APIList, _ receive: (ObjectPage) async throws -> Void) async throws {
    let plan = try lists.plan(for: list)
    let scope = FetchScope(parent: list.parent.map { Array($0.json.utf8) })
    try await ListReader(client: self, plan: plan, scope: scope).read(receive)
  }
}
