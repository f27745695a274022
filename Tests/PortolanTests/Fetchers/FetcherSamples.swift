@testable import Portolan

/// The definition in `yaml`.
func fetcher(_ yaml: String) throws -> FetcherDefinition {
  try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml")
}

/// What reading `yaml` finds.
func fetcherProblems(_ yaml: String) -> [Diagnostic] {
  do throws(DiagnosticsError) {
    return try FetcherDefinition(yaml: Array(yaml.utf8), file: "fetcher.yml").diagnostics
  } catch {
    return error.diagnostics
  }
}

extension BodyTemplate {
  /// The body on one line, its templates in quotes.
  var source: String {
    switch self {
    case .constant(let json): json
    case .template(let template): "\"\(template.source)\""
    case .list(let elements): "[" + elements.map(\.source).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\"\($0.key)\":\($0.value.source)" }.joined(separator: ",") + "}"
    }
  }
}

extension [FetcherDefinition.Field] {
  /// The fields with their templates.
  var source: [String] { map { "\($0.name)=\($0.value.source)" } }
}

/// A file in which everything is said that can be.
let fullFetcher = """
  baseUrl: "{{ config.host }}/api"
  auth:
    - when: config.user != null
      basic: {username: "{{ config.user }}", password: "{{ config.token }}"}
    - when: config.bearer != null
      bearer: "{{ config.bearer }}"
    - when: config.header != null
      header: {name: X-Key, value: "{{ config.header }}"}
    - when: config.key != null
      query: {name: api_key, value: "{{ config.key }}"}
    - when: config.client != null
      oauth2:
        tokenUrl: https://login.example.com/token
        clientId: "{{ config.client }}"
        clientSecret: "{{ config.secret }}"
        scope: read
        form: {audience: api}
        secretInBody: true
    - login:
        post: /auth/login
        query: {v: 1}
        headers: {Accept: text/plain}
        body: {password: "{{ config.token }}"}
        lifetime: .body.expires_in
        use: {headers: {Authorization: "Token {{ login.token }}"}, query: {sid: "{{ login.sid }}"}}
  headers: {Accept: application/json}
  limits: {concurrency: 4, perSecond: 2.5, timeout: 20, attempts: 3, responseSize: 8, longestWait: 60}
  kinds:
    project:
      description: Projects
      get: /projects
      query: {expand: "{{ selector.expand }}", all: "{{ selector.all }}"}
      selector: {expand: string, all: boolean}
      paging: {offset: startAt, limit: maxResults, size: 50, start: 1, total: .body.total, until: .body.last, pages: 9}
      items: .values
      none: .status == 404
      error: .body.error
      retry: .body.code == "BUSY"
    issue:
      selector:
        jql: {type: string, default: open, description: Which ones, values: [open, closed], required: true}
        fields: {type: list, default: [a, b]}
        deep: {type: boolean, default: false}
        limit: integer
      parent: {kind: project, selector: {expand: "{{ selector.jql }}", all: true}, when: .open}
      post: /search/{{ parent.key }}/{{ kind }}
      headers: {X-Deep: "{{ selector.deep }}"}
      body: {jql: "{{ selector.jql }}", fields: "{{ selector.fields }}", max: 100, in: [1, "x {{ selector.limit }}", null]}
      items: .issues
      paging: {cursor: .body.next, parameter: page.token, in: body}
      add: {__project: parent.key}
      join:
        __members: {when: .open, get: "/{{ .id }}/members", items: .m, paging: {next: .body.next}}
      event:
        when: .headers["x-event"] == "issue"
        objects: .body.issue
        key: .id
        deleted: event.body.gone
        post: /search/{{ .id }}
        body: {jql: "{{ selector.jql }}"}
        items: .issues
        none: .status == 400 and object.id == 1
        error: .body.error
        retry: .status == 409
        parent: {get: "/projects/{{ .project }}", headers: {Accept: text/plain}, items: .projects}
        keep: .open and parent.key != null and object.id != null
    part: {parent: {values: config.parts}, get: "https://parts.example.com/{{ parent }}", form: {a: b}, paging: {link: next}}
    note: {parent: issue, get: /n, paging: {page: p}}
  otherKinds: {get: "/{{ kind }}s"}
  events:
    verify:
      hmac: sha512
      header: X-Signature
      prefix: "v1="
      separator: " "
      encoding: base64
      sign: "v1:{id}.{timestamp}.{body}"
      id: X-Id
      timestamp: X-Time
      tolerance: 60
      secretPrefix: whsec_
    secret: config.hook
    id: .headers["x-id"]
    create:
      parent: {kind: project, selector: {all: true}, when: .open}
      find: {get: "/{{ parent.id }}/hooks", items: .hooks, paging: {page: p}}
      same: .url == webhook.url and .parent == parent.id
      post: /{{ parent.id }}/hooks
      body: {url: "{{ webhook.url }}", secret: "{{ webhook.secret }}"}
  """
