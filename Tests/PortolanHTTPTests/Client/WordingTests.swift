import PortolanHTTP
import Testing

@Suite struct WordingTests {
  @Test(arguments: [
    (
      APIError.Reason.status(401, excerpt: "token expired"), 1,
      "GET https://a.org/x was answered with 401 Unauthorized: token expired; is the token right, and has it not expired?"
    ),
    (
      .status(503, excerpt: ""), 8,
      "GET https://a.org/x was answered with 503 Service Unavailable (tried 8 times); the fault is the API's: try again later"
    ),
    (
      .tooLarge(limit: 64 << 20), 1,
      """
      GET https://a.org/x was answered with more than 64 MiB; ask for smaller pages, or allow more than 67108864 bytes \
      with `limits: responseSize` in fetcher.yml
      """
    ),
    (
      .wait(.seconds(3600)), 1,
      """
      GET https://a.org/x would have to wait for 60 minutes, because the API limits how much it is asked; come again \
      later, or allow a longer wait with `limits: longestWait` in fetcher.yml
      """
    ),
  ])
  func saysWhatHappenedAndWhatToDo(reason: APIError.Reason, attempts: Int, text: String) {
    let error = APIError(request: "GET https://a.org/x", reason, attempts: attempts)
    #expect(error.description == text)
    let diagnostic = error.diagnostic
    #expect("\(diagnostic.message); \(diagnostic.help ?? "")" == text)
  }

  @Test func tellsRightsFromOtherFailures() {
    func rule(_ reason: APIError.Reason) -> String {
      APIError(request: "GET https://a.org/x", reason).diagnostic.rule.rawValue
    }
    #expect(rule(.status(401, excerpt: "")) == "not-authorized")
    #expect(rule(.credentials("none")) == "not-authorized")
    #expect(rule(.timeout) == "request-failed")
  }

  @Test(arguments: [
    "", "example.org", "https://", "https://ann:sesame@example.org", "https://example.org/?x=sesame",
  ])
  func refusesABaseURLThatIsNone(url: String) {
    let error = #expect(throws: APIError.self) { try APIClient(baseURL: url, secrets: ["sesame"]) }
    #expect(error?.description.contains("base URL") == true)
    #expect(error?.description.contains("sesame") == false)
  }

  @Test func refusesAHeaderThatIsNoneAndDoesNotShowIt() async throws {
    let client = try APIClient(baseURL: "http://127.0.0.1:1", authentication: .bearer("sesame\n"))
    let error = await failure { try await client.send(APIRequest(.get, "/x")) }
    #expect(error?.description.contains("Authorization has a line break") == true)
    #expect(error?.description.contains("sesame") == false)
  }
}
