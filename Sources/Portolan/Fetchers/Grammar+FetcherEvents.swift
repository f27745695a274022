extension Grammar.Part {
  static let events = Grammar.Part(
    name: "events", phrase: "`events`",
    description: "How the API says that something has changed: requests that it sends to the service.")
  static let verification = Grammar.Part(
    name: "verification", phrase: "`events.verify`",
    description:
      "How it is seen that an event is from the API: `hmac` with the `header` of the signature, a `header` with the secret itself, or `basic`."
  )
  static let webhook = Grammar.Part(
    name: "webhook", phrase: "`events.create`",
    description:
      "How the API is asked to send its events to the service, where `find` does not show that it does already. `webhook.url` is where to, `webhook.secret` what they are signed with."
  )
  static let foundWebhooks = Grammar.Part(
    name: "foundWebhooks", phrase: "`events.create.find`",
    description: "How the list of all that the API sends events to is asked for.")
  static let event = Grammar.Part(
    name: "event", phrase: "`event`",
    description:
      "Which objects of the kind an event is about, and how one of them is asked for as it is now; `object` is the object as the event has it."
  )
  static let eventParent = Grammar.Part(
    name: "eventParent", phrase: "`event.parent`",
    description: "How the parent of an object is asked for; `.` is the object.")
}

extension Grammar {
  /// The rows of what the API sends by itself.
  static let eventRows: [Row] = eventsRows + webhookRows + eventOfKindRows

  private static let eventsRows: [Row] = [
    Row(
      .events, "verify",
      .orMapping(.choice(EventVerification.presets.keys.sorted(), default: nil), [.verification]),
      presence: .required,
      "How it is seen that an event is from the API: what is known by the API's name, or a mapping.",
      help: "write how the API signs, as `verify: github` or `verify: {header: X-Token}`"),
    Row(
      .events, "secret", .jq(default: nil),
      "jq: the secret that both sides know; `config.webhookSecret` without it."),
    Row(
      .events, "id", .jq(default: nil),
      "jq on an event: its own name, the same when it is sent again; without it, or where it is null, an event that is sent again is applied again, which changes nothing."
    ),
    Row(.events, "create", .mappingOrList(.webhook), Part.webhook.description),

    Row(
      .verification, "hmac", .choice(EventVerification.Hash.allCases.map(\.rawValue), default: nil),
      "The hash of the signature that is in the `header`."),
    Row(.verification, "header", .name(default: nil), "The header with the signature, or with the secret."),
    Row(
      .verification, "basic", .flag(default: false),
      "The secret is `user:password`, as HTTP's basic authentication."),
    Row(.verification, "prefix", .text(default: nil), "What stands before the signature, as `sha256=`."),
    Row(
      .verification, "separator", .text(default: nil), "What stands between several signatures in the header."
    ),
    Row(
      .verification, "encoding",
      .choice(EventVerification.Encoding.allCases.map(\.rawValue), default: "hex"),
      "How the signature is written."),
    Row(
      .verification, "sign", .text(default: nil),
      "What is signed, as `{id}.{timestamp}.{body}`; the `{body}` without it."),
    Row(.verification, "id", .name(default: nil), "The header with the `{id}`."),
    Row(
      .verification, "timestamp", .name(default: nil),
      "The header with the `{timestamp}`: seconds since 1970."),
    Row(
      .verification, "tolerance", .number(1...86_400, default: 300),
      "How many seconds the timestamp may differ from the clock here."),
    Row(
      .verification, "secretPrefix", .text(default: nil),
      "What stands before the secret's own text, which is base64 then, as `whsec_`."),
  ]

  private static let webhookRows: [Row] =
    [
      Row(
        .webhook, "parent", .orMapping(.name(default: nil), [.parent]),
        "What it is asked once for, as in a kind; once in all without it."),
      Row(
        .webhook, "find", .mapping(.foundWebhooks), presence: .required, Part.foundWebhooks.description,
        help: "say where those are listed that are there, as `find: {get: /api/webhooks}`"),
      Row(
        .webhook, "same", .jq(default: nil), presence: .required,
        "jq on one that is there: whether it sends events to the service.",
        help: "compare its URL, as `same: .url == webhook.url`"),
    ] + requestRows(.webhook) + listRows(.foundWebhooks)

  private static let eventOfKindRows: [Row] =
    [
      Row(
        .event, "when", .jq(default: nil),
        "jq on an event, `{headers, body}`: whether it is about objects of the kind; always without it."),
      Row(
        .event, "objects", .jq(default: nil), presence: .required,
        "jq on an event: the object, as far as the event has it, or a list of such; null for none.",
        help: "say where the object is, as `objects: .body.issue`"),
      Row(
        .event, "key", .jq(default: nil), presence: .required,
        "jq on the object: what tells it from others of the kind.",
        help: "name what never changes, as `key: .id`"),
      Row(
        .event, "deleted", .jq(default: nil),
        "jq on the object, with `event`: whether the event says that it is gone."),
    ] + listRows(.event, hasPaging: false) + [
      Row(
        .event, "parent", .orMapping(.jq(default: nil), [.eventParent]),
        "What `parent` is for the object, which is as it is now: jq on it, or a request. Null means that it has none any more, and is as if gone."
      ),
      Row(
        .event, "keep", .jq(default: nil),
        "jq on the object with all that is added to it: whether the selector's settings ask for it. One that they do not ask for is as if gone."
      ),
    ] + listRows(.eventParent, hasPaging: false)
}
