import Portolan
import RawJSON
import Testing

@testable import PortolanHTTP

@Suite struct OceanCustomTranslationTests {
  private func translation(_ json: String) throws -> OceanCustomTranslation {
    OceanCustomTranslation(
      try OceanCustomConfiguration(try JSONView(validating: Array(json.utf8)), environment: [:]))
  }

  private func problems(_ json: String) -> [String] {
    do {
      _ = try translation(json)
      return []
    } catch let error as DiagnosticsError {
      return error.diagnostics.map { "\($0.rule) \($0.field ?? "")" }
    } catch {
      return ["\(error)"]
    }
  }

  private func problems(_ kind: String, _ selector: String, paging: String = "none") throws -> [String] {
    let translation = try translation(#"{"baseUrl": "https://a.example", "paginationType": "\#(paging)"}"#)
    do {
      _ = try translation.definition(for: FetchRequest(kind: kind, selector: selector))
      return []
    } catch {
      return error.diagnostics.map { "\($0.rule) \($0.field ?? "")" }
    }
  }

  @Test func readsWhatOceansSpecHasByDefault() {
    #expect(
      problems(
        """
        {"baseUrl": "https://a.example", "multipleHosts": false, "authType": "none", "apiKeyHeader": "X-API-Key", \
        "paginationType": "none", "pageSize": "100", "startPage": "1", "timeout": "30", "verifySsl": true, \
        "maxConcurrentRequests": "10", "apiToken": "", "cursorPath": null}
        """) == [])
  }

  @Test(arguments: [
    ("{}", ["missing-key baseUrl"]),
    (#"{"baseUrl": "b", "authType": "bearer"}"#, ["wrong-value authType"]),
    (#"{"baseUrl": "b", "authType": "basic"}"#, ["missing-key password", "missing-key username"]),
    (#"{"baseUrl": "b", "verifySsl": "false"}"#, ["wrong-value verifySsl"]),
    (#"{"baseUrl": "b", "multipleHosts": true}"#, ["wrong-value multipleHosts"]),
    (#"{"baseUrl": "b", "pagesize": 3}"#, ["unknown-key pagesize"]),
    (#"{"baseUrl": "b", "pageSize": "many"}"#, ["wrong-value pageSize"]),
    (#"{"baseUrl": "b", "customHeaders": {"A": "${NOWHERE}"}}"#, ["missing-key customHeaders.A"]),
    (
      #"{"baseUrl": "b", "authType": "custom", "customAuthRequest": {"endpoint": "e"}, "customAuthRequestTemplate": {"headers": {"A": "B {{.t[}}"}}}"#,
      ["invalid-expression customAuthRequestTemplate.headers.A"]
    ),
    (
      #"{"baseUrl": "b", "authType": "custom"}"#,
      ["missing-key customAuthRequest", "missing-key customAuthRequestTemplate"]
    ),
    (
      #"{"baseUrl": "b", "authType": "custom", "customAuthRequest": {"endpoint": "e", "method": "PUT", "body": {}, "bodyForm": "a=b"}, "customAuthRequestTemplate": {"body": {"t": "{{.t}}"}}}"#,
      [
        "wrong-value customAuthRequest.method", "conflicting-keys customAuthRequest.bodyForm",
        "wrong-value customAuthRequestTemplate.body",
      ]
    ),
  ])
  func saysWhatCannotBeDone(_ json: String, _ expected: [String]) {
    #expect(problems(json) == expected)
  }

  @Test(arguments: [
    ("/a", "{}", []), ("/a", #"{"query": "true", "endpoint": "/b"}"#, []),
    ("/a", #"{"datapath": ".b"}"#, ["unknown-key datapath"]),
    ("/a", #"{"data_path": ".b["}"#, ["invalid-expression data_path"]),
    ("/a", #"{"method": "DELETE"}"#, ["wrong-value method"]),
    ("/a", #"{"query_params": {"b": {"c": 1}}}"#, ["wrong-type query_params.b"]),
    ("https://b.example/a", "{}", ["wrong-value kind"]),
    ("/a/{b}", "{}", ["missing-key path_parameters.b"]),
    (
      "/a", #"{"path_parameters": {"b": {"endpoint": "/b", "field": ".c"}}}"#,
      ["unknown-key path_parameters.b"]
    ),
    ("/a/{b}", #"{"path_parameters": {"b": {"endpoint": "/b"}}}"#, ["missing-key path_parameters.b.field"]),
    (
      "/a/{b}", #"{"path_parameters": {"b": {"endpoint": "/b", "field": ".c", "filters": "true"}}}"#,
      ["unknown-key path_parameters.b.filters"]
    ),
  ])
  func saysWhatIsWrongWithASelector(_ kind: String, _ selector: String, _ expected: [String]) throws {
    #expect(try problems(kind, selector) == expected)
  }

  @Test(arguments: [(".items", 0), (".items // []", 0), (".items | map(select(.on))", 1), (".items[]", 1)])
  func countsPagesByAListAsItCame(_ dataPath: String, _ count: Int) throws {
    let selector = #"{"data_path": "\#(dataPath)"}"#
    #expect(try problems("/a", selector, paging: "offset").count == count)
    #expect(try problems("/a", selector, paging: "next_link").isEmpty)
  }

  @Test func isKnownByTheFoldersNameOrTheTitle() {
    #expect(OceanCustomFetcher.describes(nil, name: "custom"))
    #expect(OceanCustomFetcher.describes(IntegrationSpec(title: "Ocean Custom", kinds: []), name: "crm"))
    #expect(!OceanCustomFetcher.describes(IntegrationSpec(title: "Jira", kinds: []), name: "jira"))
  }
}
