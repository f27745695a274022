import Portolan
import RawJSON

/// Fetches as Ocean's own no-code integration, `custom`, does: a kind is a path, and the selector says the rest.
///
/// Its configurations and mappings run as they are. What it does wrong is done right: lists are read to their end or
/// end with an error, every parameter in a path is resolved and encoded, a request that fails makes its kind incomplete,
/// and no credentials go to another host. What cannot be done is an error that says what to do instead.
///
/// ```swift
/// let configuration = #"{"baseUrl": "https://api.example.org", "authType": "bearer_token", "apiToken": "…"}"#
/// let fetcher = try OceanCustomFetcher(configuration: Array(configuration.utf8))
/// for try await page in fetcher.fetch(FetchRequest(kind: "/api/v1/users", selector: #"{"data_path": ".users"}"#)) {
///   print(page.bytes.count)
/// }
/// ```
public struct OceanCustomFetcher: RawFetcher {
  private let translation: OceanCustomTranslation
  private let config: [UInt8]
  private var parents = KnownParents()
  /// What asks the API.
  public let client: APIClient
  /// How many objects of a kind are given at most, nil for all. A kind that has more ends with a warning, and is not
  /// complete.
  public var objectLimit: Int?

  /// Prepares a fetcher.
  ///
  /// - Parameters:
  ///   - configuration: what the user has set, a JSON object: `baseUrl`, `authType`, `paginationType`, ….
  ///   - secrets: what no message may show, besides what the configuration holds.
  ///   - environment: what `${NAME}` in `customHeaders` means, and where proxies and certificates are named.
  /// - Throws: `DiagnosticsError` for a configuration that is wrong or cannot be followed, and ``APIError`` for a base
  ///   URL, a proxy or certificates that cannot be used.
  public init(
    configuration: [UInt8], secrets: [String] = [], environment: [String: String] = [:]
  ) throws {
    let json: JSONView
    do {
      json = try JSONView(validating: configuration)
    } catch {
      throw DiagnosticsError([
        Diagnostic(.error, .wrongType, "the configuration is not JSON: \(error)", help: "write a JSON object")
      ])
    }
    translation = OceanCustomTranslation(try OceanCustomConfiguration(json, environment: environment))
    config = configuration
    client = try ClientPlan(
      try translation.definition(), config: config, secrets: secrets + translation.configuration.secrets
    ).client(environment: environment)
  }

  /// The fetcher without the parents that it knows, which may have changed since.
  func afresh() -> OceanCustomFetcher {
    var fetcher = self
    fetcher.parents = KnownParents()
    return fetcher
  }

  /// The pages of a kind's objects.
  public func fetch(_ request: FetchRequest) -> PageStream {
    PageStream { pages in
      do {
        var fetcher = DeclaredFetcher(
          try translation.definition(for: request), config: config, client: client, parents: parents)
        fetcher.objectLimit = objectLimit
        let list = FetchRequest(kind: OceanCustomTranslation.kind)
        for try await page in fetcher.fetch(list) { try await pages.send(page) }
      } catch let error as Diagnostic {
        var problem = error.withoutPlace
        problem.message += " (kind `\(request.kind)`)"
        throw problem
      }
    }
  }

  /// Whether an integration is Ocean's own no-code one, by the folder's name or the title of its `spec.yml`.
  public static func describes(_ spec: IntegrationSpec?, name: String) -> Bool {
    ["custom", "ocean-custom"].contains(name) || spec?.title == "Ocean Custom"
  }
}
