import PortolanCatalog
import TestServer
import Testing

@Suite struct RequestTests {
  static let answers: [(status: Int, body: String, expected: String?)] = [
    (200, #"{"request":{"updatedAt":"2027-01-15T08:00:00.000Z"}}"#, "2027-01-15T08:00:00.000Z"),
    (200, #"{"ok":true,"request":{}}"#, nil), (200, #"{"request":null}"#, nil), (200, "{}", nil),
    (200, "null", nil), (204, "", nil), (404, #"{"ok":false,"error":"not_found"}"#, nil),
  ]

  @Test(arguments: answers.indices)
  func readsWhetherAResyncIsAskedFor(_ place: Int) async throws {
    let (status, body, expected) = Self.answers[place]
    let port = FakePort(.with([])) { _, _ in .instead([.answer(status, body)]) }
    try await port.run { catalog, server in
      let asked = try await catalog.lastResyncRequest(of: "my/jira")
      #expect(asked == expected)
      #expect(server.requests.last?.target == "/v1/integration/my%2Fjira/resync-request")
    }
  }

  @Test func saysWherePortDoesNot() async throws {
    let port = FakePort(.with([])) { _, _ in .instead([.answer(403, #"{"error":"forbidden"}"#)]) }
    let error = try await port.run { catalog, _ in
      await catalogError { try await catalog.lastResyncRequest(of: "my-jira") }
    }
    #expect(error?.kind == .refused)
  }
}
