extension Grammar.Part {
  static let fetcher = Grammar.Part(
    name: "fetcher", phrase: "a fetcher.yml",
    description: "How each kind of raw objects is asked for over HTTP.")
  static let authentication = Grammar.Part(
    name: "authentication", phrase: "`auth`",
    description:
      "How requests are signed: exactly one of `basic`, `bearer`, `header`, `query`, `oauth2` and `login`.")
  static let basic = Grammar.Part(
    name: "basic", phrase: "`auth.basic`",
    description: "A user's name and password, as HTTP's basic authentication.")
  static let secretHeader = Grammar.Part(
    name: "secretHeader", phrase: "`auth.header`", description: "A header that holds the key of the API.")
  static let secretParameter = Grammar.Part(
    name: "secretParameter", phrase: "`auth.query`",
    description: "A query parameter that holds the key of the API.")
  static let oauth2 = Grammar.Part(
    name: "oauth2", phrase: "`auth.oauth2`",
    description: "OAuth 2 client credentials: a token is asked for, used, and asked for again before it ends."
  )
  static let login = Grammar.Part(
    name: "login", phrase: "`auth.login`",
    description: "A request that is sent first, and whose answer the other requests carry.")
  static let loginUse = Grammar.Part(
    name: "loginUse", phrase: "`auth.login.use`",
    description: "What the other requests say; `login` is the answer's body.")
  static let limits = Grammar.Part(
    name: "limits", phrase: "`limits`", description: "How much is asked of the API at once, and how long for."
  )
  static let fetchedKind = Grammar.Part(
    name: "kind", phrase: "a kind", description: "A kind of raw objects, and how a list of them is asked for."
  )
  static let setting = Grammar.Part(
    name: "setting", phrase: "a selector setting",
    description: "What a mapping can tell the fetcher in the `selector` of a resource.")
  static let parent = Grammar.Part(
    name: "parent", phrase: "`parent`",
    description: "What the list is asked once for: the objects of another kind (`kind`) or a list (`values`)."
  )
  static let paging = Grammar.Part(
    name: "paging", phrase: "`paging`",
    description:
      "How a list goes on: one of `offset`, `page`, `cursor` with `parameter`, `next` and `link`; jq is on the answer: `status`, `headers`, `body`, `page`, `count`, `read`."
  )
  static let join = Grammar.Part(
    name: "join", phrase: "a join",
    description: "A list that is asked for once for each object and added to it; `.` is the object.")
}

extension Grammar {
  /// The grammar of a `fetcher.yml`.
  static let fetcher = Grammar(
    root: .fetcher,
    [
      Row(
        .fetcher, "baseUrl", .template, presence: .required,
        "What the paths of requests begin with.",
        help: "add `baseUrl: \"{{ config.host }}\"`, with the name of a configuration in spec.yml"),
      Row(
        .fetcher, "auth", .mappingOrList(.authentication),
        "How requests are signed. Of a list, the first one whose `when` holds is taken."),
      Row(.fetcher, "headers", .members(.template), "Headers of every request."),
      Row(.fetcher, "limits", .mapping(.limits), Part.limits.description),
      Row(.fetcher, "kinds", .members(.mapping(.fetchedKind)), "The kinds of raw objects, by their names."),
      Row(
        .fetcher, "otherKinds", .mapping(.fetchedKind),
        "How a kind that is not listed is asked for; `kind` is its name."),
      Row(.fetcher, "events", .mapping(.events), Part.events.description),

      Row(
        .limits, "concurrency", .integer(1...1000, default: 10), "Requests at the same time.",
        help: "write how many requests there may be at once, as `concurrency: 10`"),
      Row(
        .limits, "perSecond", .number(0.001...100_000, default: nil),
        "Requests a second; no limit without it."),
      Row(
        .limits, "timeout", .number(0.1...3600, default: 30),
        "Seconds that an answer may take to begin, and to go on."),
      Row(
        .limits, "attempts", .integer(1...100, default: 8),
        "How often a request is sent before it is given up."),
      Row(.limits, "responseSize", .number(0.001...4096, default: 64), "MB that an answer may have."),
      Row(
        .limits, "longestWait", .number(0...86_400, default: 900),
        "Seconds that it waits at most where the API says when to come again."),
    ] + authenticationRows + requestRows(.login)
      + [Row(.fetchedKind, "description", .text(default: nil), "What the objects are.")]
      + listRows(.fetchedKind) + kindRows + listRows(.join) + pagingRows + eventRows
  )

  private static let authenticationRows: [Row] = [
    Row(.authentication, "when", .jq(default: nil), "jq: whether it is this one; always without it."),
    Row(.authentication, "basic", .mapping(.basic), Part.basic.description),
    Row(.authentication, "bearer", .template, "A token, in the header `Authorization: Bearer …`."),
    Row(.authentication, "header", .mapping(.secretHeader), Part.secretHeader.description),
    Row(.authentication, "query", .mapping(.secretParameter), Part.secretParameter.description),
    Row(.authentication, "oauth2", .mapping(.oauth2), Part.oauth2.description),
    Row(.authentication, "login", .mapping(.login), Part.login.description),

    Row(
      .basic, "username", .template, presence: .required, "The user's name.",
      help: "add `username: \"{{ config.user }}\"`"),
    Row(
      .basic, "password", .template, presence: .required, "The password or token.",
      help: "add `password: \"{{ config.token }}\"`"),

    Row(
      .secretHeader, "name", .name(default: nil), presence: .required, "The header's name.",
      help: "name the header, as `name: X-API-Key`"),
    Row(
      .secretHeader, "value", .template, presence: .required, "The header's value.",
      help: "add `value: \"{{ config.apiKey }}\"`"),
    Row(
      .secretParameter, "name", .name(default: nil), presence: .required, "The parameter's name.",
      help: "name the parameter, as `name: api_key`"),
    Row(
      .secretParameter, "value", .template, presence: .required, "The parameter's value.",
      help: "add `value: \"{{ config.apiKey }}\"`"),

    Row(
      .oauth2, "tokenUrl", .template, presence: .required, "Where the token is asked for.",
      help: "add `tokenUrl: https://…/oauth/token`"),
    Row(
      .oauth2, "clientId", .template, presence: .required, "The client's id.",
      help: "add `clientId: \"{{ config.clientId }}\"`"),
    Row(
      .oauth2, "clientSecret", .template, presence: .required, "The client's secret.",
      help: "add `clientSecret: \"{{ config.clientSecret }}\"`"),
    Row(.oauth2, "scope", .template, "What the token is for, blanks between several."),
    Row(.oauth2, "form", .members(.template), "What else the token is asked for with, as `audience`."),
    Row(
      .oauth2, "secretInBody", .flag(default: false),
      "Send id and secret in the body instead of a basic header."),

    Row(
      .login, "lifetime", .jq(default: nil),
      "jq on the answer: seconds that it holds; until the API refuses it without this."),
    Row(
      .login, "use", .mapping(.loginUse), presence: .required, Part.loginUse.description,
      help: "add `use: {headers: {Authorization: \"Bearer {{ login.access_token }}\"}}`"),
    Row(.loginUse, "headers", .members(.template), "Headers of the other requests."),
    Row(.loginUse, "query", .members(.template), "Query parameters of the other requests."),
  ]

  private static let kindRows: [Row] = [
    Row(
      .fetchedKind, "selector",
      .members(.orMapping(.choice(SelectorSetting.Kind.allCases.map(\.rawValue), default: nil), [.setting])),
      "What a mapping's `selector` can say for this kind: settings by name. `jql: string` is short for a mapping."
    ),
    Row(
      .fetchedKind, "parent", .orMapping(.name(default: nil), [.parent]),
      "What the list is asked once for: the name of another kind, or a mapping. It is `parent` in expressions."
    ),
    Row(
      .fetchedKind, "once", .jq(default: nil),
      "jq on each object: what tells it from others. Of those that are alike, as from two parents, the first is kept."
    ),
    Row(
      .fetchedKind, "add", .members(.jq(default: nil)),
      "Keys that are added to each object: jq on the object. By custom they begin with `__`."),
    Row(
      .fetchedKind, "join", .members(.mapping(.join)),
      "Keys that are added to each object, each with a list that is asked for it."),
    Row(.fetchedKind, "event", .mapping(.event), Part.event.description),

    Row(
      .setting, "type", .choice(SelectorSetting.Kind.allCases.map(\.rawValue), default: "any"),
      "What its value can be."),
    Row(.setting, "default", .anything, "The value where the selector has none; null without it."),
    Row(.setting, "description", .text(default: nil), "What it does."),
    Row(.setting, "values", .names, "The only texts that are allowed."),
    Row(.setting, "required", .flag(default: false), "A selector must have it."),

    Row(.parent, "kind", .name(default: nil), "The kind whose objects it is asked for."),
    Row(
      .parent, "selector", .members(.templates),
      "The settings of that kind's selector; its defaults without it."),
    Row(.parent, "values", .jq(default: nil), "jq: a list, for each of whose elements it is asked."),
    Row(.parent, "when", .jq(default: nil), "jq on the parent: whether it is asked for it."),

    Row(.join, "when", .jq(default: nil), "jq on the object: whether the list is asked for."),
  ]

  /// What a request and the reading of its answer need.
  static func listRows(_ part: Part, hasPaging: Bool = true) -> [Row] {
    let paging = Row(
      part, "paging", .mapping(.paging), "How the list goes on; without it there is one page.")
    return requestRows(part) + [
      Row(
        part, "items", .jq(default: nil),
        "jq on an answer's body: the list of objects. Without it the body is the list, or the one object.")
    ] + (hasPaging ? [paging] : []) + [
      Row(part, "none", .jq(default: nil), "jq on an answer: whether it says that there are none here."),
      Row(
        part, "error", .jq(default: nil),
        "jq on an answer: what went wrong, whatever its status; null or false for nothing."),
      Row(part, "retry", .jq(default: nil), "jq on an answer: whether to ask once more a little later."),
    ]
  }

  /// What a request needs.
  static func requestRows(_ part: Part) -> [Row] {
    [
      Row(
        part, "get", .template,
        "The path below `baseUrl`, or a URL. Each value in it is encoded as one segment."),
      Row(part, "post", .template, "The same for a list that is asked for with POST."),
      Row(part, "query", .members(.template), "Query parameters. One that is null is left out."),
      Row(part, "headers", .members(.template), "Headers of its requests."),
      Row(part, "body", .templates, "What is sent as JSON. A member whose template gives null is left out."),
      Row(part, "form", .members(.template), "What is sent as a form, instead of `body`."),
    ]
  }

  private static let pagingRows: [Row] = [
    Row(.paging, "offset", .name(default: nil), "The parameter with the number of the first object."),
    Row(.paging, "page", .name(default: nil), "The parameter with the number of the page."),
    Row(
      .paging, "cursor", .jq(default: nil),
      "jq on an answer: what the next request says in `parameter`; null ends the list."),
    Row(
      .paging, "next", .jq(default: nil), "jq on an answer: the URL of the next page; null ends the list."),
    Row(.paging, "link", .name(default: nil), "The relation in the header `Link` that leads on, as `next`."),
    Row(.paging, "parameter", .name(default: nil), "The parameter that takes the `cursor`."),
    Row(
      .paging, "in", .choice(FetcherDefinition.Paging.Place.allCases.map(\.rawValue), default: "query"),
      "Where the parameters are; in a body, a name with dots leads into it."),
    Row(.paging, "limit", .name(default: nil), "The parameter with the number of objects on a page."),
    Row(.paging, "size", .integer(1...1_000_000, default: nil), "How many objects a page has."),
    Row(
      .paging, "start", .integer(0...1_000_000, default: nil),
      "The first offset or page number; 0 for `offset` and 1 for `page` without it."),
    Row(.paging, "total", .jq(default: nil), "jq on an answer: how many objects there are."),
    Row(.paging, "until", .jq(default: nil), "jq on an answer: true on the last page."),
    Row(
      .paging, "pages", .integer(1...1_000_000, default: nil),
      "How many pages are read at most; a kind that has more is not complete."),
  ]
}
