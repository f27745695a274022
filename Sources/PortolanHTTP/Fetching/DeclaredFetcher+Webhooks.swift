import Portolan
import RawJSON

/// A webhook of an API: that it sends its events to the service.
public struct EventWebhook: Sendable, Hashable {
  /// The request that created it, or that showed it: `POST https://example.org/api/webhooks`.
  public var request: String
  /// Whether it was created; otherwise it was there.
  public var isNew: Bool
}

extension DeclaredFetcher {
  /// Asks the API to send its events to a URL, where it does not do so already.
  ///
  /// - Parameters:
  ///   - url: where to.
  ///   - secret: what they are signed with; nil for none.
  /// - Returns: each webhook, in the file's order.
  /// - Throws: `Diagnostic` and ``APIError`` for the first one that cannot be found or created.
  func createWebhooks(at url: String, secret: String?) async throws -> [EventWebhook] {
    let webhook = JSONWriter.object { object in
      object.add("url", text: url)
      if let secret { object.add("secret", text: secret) } else { object.add("secret", json: "null".utf8) }
    }
    var made: [EventWebhook] = []
    for declared in definition.events?.webhooks ?? [] {
      let plan = WebhookPlan(declared)
      guard let parent = plan.parent else {
        made.append(try await create(plan, parent: nil, webhook))
        continue
      }
      let scope = FetchScope(config: config, others: [.webhook: webhook])
      try await forEachParent(parent, scope) { parent in
        if let condition = plan.condition, try !condition.isTrue(on: scope.document(parent)) { return }
        made.append(try await create(plan, parent: parent, webhook))
      }
    }
    return made
  }

  private func create(_ plan: WebhookPlan, parent: [UInt8]?, _ webhook: [UInt8]) async throws -> EventWebhook
  {
    let scope = FetchScope(config: config, parent: parent, others: [.webhook: webhook])
    var found: String?
    try await ListReader(client: client, plan: plan.existing, scope: scope).read { page in
      for object in page.objects where found == nil {
        if try plan.same.isTrue(on: scope.document(Array(page.bytes[object]))) { found = page.request }
      }
    }
    if let found { return EventWebhook(request: found, isNew: false) }
    var request = try plan.request.request(scope, input: nil, page: PagePosition(place: .query))
    request.writes = true
    // Sent twice, it would be there twice. The next attempt looks whether it is there.
    request.repeats = .ifUnsent
    let response = try await client.send(request)
    guard (200..<300).contains(response.status) else { throw response.statusError(client.mask) }
    return EventWebhook(request: response.request, isNew: true)
  }
}

/// How an API is asked for its events, made ready.
private struct WebhookPlan {
  let parent: KindPlan.ParentSource?
  let condition: SingleExpression?
  let existing: ListPlan
  let same: SingleExpression
  let request: RequestPlan

  init(_ webhook: FetcherDefinition.Webhook) {
    parent = KindPlan.ParentSource(webhook.parent)
    condition = webhook.parent?.condition.map(SingleExpression.init)
    existing = ListPlan(webhook.existing)
    same = SingleExpression(webhook.same)
    request = RequestPlan(webhook.list)
  }
}
