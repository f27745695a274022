import Testing

@testable import Portolan

@Suite("docs/FETCHER.md: what a fetcher.yml says of events")
struct EventReadingTests {
  @Test("all of a signature")
  func signature() throws {
    let events = try #require(try fetcher(fullFetcher).events)
    var expected = EventVerification.Signature(
      .sha512, header: "x-signature", prefix: "v1=", encoding: .base64)
    expected.separator = " "
    expected.signed = [.text("v1:"), .id, .text("."), .timestamp, .text("."), .body]
    expected.secretPrefix = "whsec_"
    expected.idHeader = "x-id"
    expected.timestamp = EventVerification.Timestamp(header: "x-time", tolerance: 60)
    #expect(events.verification == .signature(expected))
    #expect(events.secret.text == "config.hook" && events.id?.text == ".headers[\"x-id\"]")
  }

  @Test(
    "other ways to verify",
    arguments: [
      ("gitlab", EventVerification.header("x-gitlab-token")), ("{header: X-Key}", .header("x-key")),
      ("{basic: true}", .basic),
      (
        "{hmac: sha1, header: X-Sig, prefix: sha1=}",
        .signature(EventVerification.Signature(.sha1, header: "x-sig", prefix: "sha1="))
      ),
    ] + EventVerification.presets.map { ($0.key, $0.value) })
  func verification(yaml: String, expected: EventVerification) throws {
    let definition = try fetcher(
      "baseUrl: x\nkinds: {a: {get: /a, event: {objects: .x, key: .id}}}\nevents: {verify: \(yaml)}")
    #expect(definition.diagnostics.isEmpty)
    #expect(definition.events?.verification == expected)
    #expect(definition.events?.secret.text == "config.webhookSecret")
  }

  @Test("how a webhook is created")
  func webhook() throws {
    let webhooks = try #require(try fetcher(fullFetcher).events?.webhooks)
    try #require(webhooks.count == 1)
    #expect(webhooks[0].list.method == "POST" && webhooks[0].list.path.source == "/{{ parent.id }}/hooks")
    #expect(webhooks[0].existing.path.source == "/{{ parent.id }}/hooks")
    #expect(webhooks[0].parent?.phrase == "each project with all {{ true }}, where .open")
  }

  @Test("the objects of an event")
  func event() throws {
    let kinds = try fetcher(fullFetcher).kinds
    let event = try #require(kinds[1].event)
    #expect(event.objects.text == ".body.issue" && event.key.text == ".id")
    #expect(event.deleted?.text == "event.body.gone" && event.keep?.text.hasPrefix(".open") == true)
    #expect(event.request?.method == "POST" && event.request?.items?.text == ".issues")
    guard case .request(let parent)? = event.parent else {
      Issue.record("the parent is no request")
      return
    }
    #expect(parent.path.source == "/projects/{{ .project }}")
    #expect(kinds[0].event == nil)
  }
}
