import PortolanHTTP
import TestServer
import TestSupport
import Testing

@Suite struct SecretMaskTests {
  @Test(arguments: [
    "sesame/12+3", "sesame%2F12%2B3", "sesame%2f12%2b3", #"sesame\/12+3"#, "xsesame/12+3y",
  ])
  func hidesASecretHoweverItIsWritten(text: String) {
    let masked = SecretMask(["sesame/12+3"]).mask("it is \(text)!")
    #expect(masked.hasPrefix("it is ") && masked.hasSuffix("!"))
    #expect(masked.contains("***"))
    #expect(!masked.contains("sesame"))
  }

  @Test func leavesShortValuesAlone() {
    #expect(SecretMask(["abc", ""]).mask("abcabc") == "abcabc")
    #expect(SecretMask(["abcd"]).mask("abcabcd") == "abc***")
  }

  @Test func hidesTheLongerOfTwo() {
    #expect(SecretMask(["sesame", "sesame-open"]).mask("sesame-open") == "***")
  }

  @Test(arguments: [
    ("GET https://a.org/x?access_token=1&page=2#f", "GET https://a.org/x?access_token=***&page=2#f"),
    ("https://a.org/?apiKey=1&X-Amz-Signature=2&q=3", "https://a.org/?apiKey=***&X-Amz-Signature=***&q=3"),
    ("https://ann:pw@a.org/ and http://bob@b.org", "https://***@a.org/ and http://***@b.org"),
    ("https://a.org/?client%5Fsecret=1", "https://a.org/?client%5Fsecret=***"),
    (#"{"next": "https://a.org/?password=p\"x"}"#, #"{"next": "https://a.org/?password=***"x"}"#),
    (
      "https://a.org/?author=ann&startAt=0&maxResults=50", "https://a.org/?author=ann&startAt=0&maxResults=50"
    ),
    ("ann@example.org asked what?", "ann@example.org asked what?"),
  ])
  func hidesWhatAURLSays(text: String, masked: String) {
    #expect(SecretMask([]).mask(text) == masked)
  }

  /// Every way to hold a secret, and what must not be seen in any text.
  @Test func neverShowsASecret() async throws {
    let secret = "s3cr3t/value+1"
    let authentications: [Authentication] = [
      .basic(username: "ann", password: secret), .bearer(secret),
      .header(name: "X-Key", value: "Token token=\(secret)"),
      .query(name: "k", value: secret),
    ]
    for authentication in authentications {
      let texts = try await RawServer.run { request, number in
        // A server that repeats all that it was told.
        let told = request.target + request.headers.map { " \($0.name): \($0.value)" }.joined()
        return [.answer(number == 1 ? 503 : 400, told)]
      } _: { server in
        let client = try APIClient(
          baseURL: server.url, authentication: authentication, limits: APILimits(attempts: 1),
          secrets: ["other-secret"])
        let request = APIRequest(.get, "/a?x=\(secret)&y=other-secret")
        let error = await failure { try await client.send(request) }
        let answer = try await client.send(request)
        return [
          error?.description ?? "", error?.diagnostic.description ?? "", answer.request,
          answer.statusError(client.mask).description,
        ]
      }
      for text in texts {
        #expect(text.contains("/a?x=***&y=***"))
        for form in [secret, "s3cr3t%2Fvalue%2B1", "YW5uOnMzY3IzdC92YWx1ZSsx", "other-secret"] {
          #expect(!text.contains(form))
        }
      }
    }
  }

  @Test func hidesAShortTokenWithoutItsScheme() async throws {
    let answer = try await RawServer.run { _, _ in
      [.answer(400, "no such token: t-1234")]
    } _: { server in
      let client = try APIClient(baseURL: server.url, authentication: .bearer("t-1234"))
      let answer = try await client.send(APIRequest(.get, "/x"))
      return answer.statusError(client.mask)
    }
    #expect(answer.reason == .status(400, excerpt: "no such token: ***"))
  }

  @Test func masksAnythingWithoutLosingTheRest() {
    let seed = PropertySeed.now
    var random = SeededRandom(seed: seed)
    for _ in 0..<PropertySeed.runs {
      let text = PropertySeed.text(&random)
      let secret = PropertySeed.text(&random)
      let masked = SecretMask([secret]).mask("\(text)\(secret)\(text)")
      // The sign and what is behind it may spell a secret that begins with a star, as `*Retry`.
      let shown = masked.replacing("***", with: "\0")
      #expect(
        secret.count < 4 || shown.utf8.firstRange(of: secret.utf8) == nil,
        "seed \(seed): \(secret) is in \(masked)")
    }
  }
}
