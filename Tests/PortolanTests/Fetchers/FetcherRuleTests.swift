import Testing

@testable import Portolan

@Suite("Lint: a broken fetcher.yml for every rule")
struct FetcherRuleTests {
  /// A file in which marks enclose the one thing that is wrong.
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Diagnostic.Rule
    var severity: Diagnostic.Severity
    var marked: String
    var says: String
    var help: String
    var testDescription: String { "\(rule.rawValue): \(says)" }

    init(
      _ rule: Diagnostic.Rule, _ marked: String, says: String, help: String,
      _ severity: Diagnostic.Severity = .error
    ) {
      self.rule = rule
      self.marked = marked
      self.says = says
      self.help = help
      self.severity = severity
    }
  }

  private static let base = "baseUrl: https://example.com\n"

  /// A file with a kind `a`, of these lines, and a kind `board` with the setting `type`.
  private static func kind(
    _ rule: Diagnostic.Rule, _ lines: String, says: String, help: String,
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    let body = lines.split(separator: "\n").map { "    \($0)\n" }.joined()
    return Case(
      rule,
      base + "kinds:\n  a:\n\(body)  board:\n    selector: {type: string}\n    get: /b/{{ selector.type }}\n",
      says: says, help: help, severity)
  }

  /// A file with this `auth`.
  private static func auth(
    _ rule: Diagnostic.Rule, _ auth: String, says: String, help: String,
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    Case(rule, base + "auth: \(auth)\nkinds: {a: {get: /a}}", says: says, help: help, severity)
  }

  static let grammarCases = [
    Case(.missingKey, "«kinds»: {a: {get: /a}}", says: "no `baseUrl`", help: "config.host"),
    Case(.missingKey, "«baseUrl»: https://example.com", says: "no `kinds`", help: "`kinds:"),
    Case(
      .wrongType, base + "«kinds»: [a]".replacing("«kinds»: [a]", with: "kinds: [a]"), says: "a list",
      help: "key: value"),
    Case(
      .unknownKey, base + "kinds: {a: {get: /a, «itmes»: .x}}", says: "`itmes`", help: "`items`?", .warning),
    Case(
      .unknownKey, base + "«heders»: {}\nkinds: {a: {get: /a}}", says: "`heders`", help: "`headers`?",
      .warning),
    Case(
      .missingKey, base + "headers: {«Accept»: }\nkinds: {a: {get: /a}}", says: "no value",
      help: "after the colon", .warning),
    Case(
      .wrongType, base + "limits: {concurrency: «0»}\nkinds: {a: {get: /a}}", says: "the number 0",
      help: "concurrency: 10"),
    Case(
      .wrongType, base + "limits: {attempts: «1.5»}\nkinds: {a: {get: /a}}",
      says: "whole number from 1 to 100",
      help: ""),
    kind(.wrongType, "get: /a\npaging: {offset: o, in: «querry»}", says: "`querry`", help: "`query`?"),
    kind(.wrongType, "get: /{{ selector.x }}\nselector: {x: «strng»}", says: "`strng`", help: "`string`?"),
    kind(
      .wrongType, "get: /{{ selector.x }}\nselector: {x: {type: string, values: «a»}}", says: "not a list",
      help: "[one, another]"),
    kind(
      .wrongType, "get: /a\nquery: {x: [«1»]}".replacing("«1»", with: "1"), says: "not text", help: "{{ … }}"),
    kind(.invalidTemplate, "get: /a/«{{» kind", says: "not closed", help: "}}"),
  ]

  @Test("the grammar", arguments: grammarCases)
  func grammar(broken: Case) throws { try check(broken) }

  static let structureCases = [
    kind(.missingKey, "«items»: .x", says: "kinds.a needs one of `get` or `post`", help: "get: /api"),
    kind(.conflictingKeys, "get: /a\n«post»: /a", says: "`get` and `post`", help: "keep one"),
    kind(.conflictingKeys, "post: /a\nbody: {}\n«form»: {}", says: "`body` and `form`", help: "keep one"),
    kind(
      .conflictingKeys, "get: /a\npaging: {page: p, «link»: next}", says: "`page` and `link`",
      help: "keep one"),
    kind(
      .missingKey, "get: /a\npaging:\n  «until»: .body.last", says: "needs one of", help: "offset: startAt"),
    kind(
      .missingKey, "get: /a\npaging: {cursor: «.body.next»}", says: "needs a `parameter`", help: "parameter:"),
    kind(
      .missingKey, "get: /a\npaging: {page: p, parameter: «x»}", says: "there is none", help: "add `cursor:"),
    kind(.missingKey, "get: /a\npaging: {page: p, limit: «n»}", says: "needs a `size`", help: "size: 100"),
    kind(.missingKey, "get: /a\npaging: {page: p, in: «body»}", says: "no `body`", help: "`body: {}`"),
    kind(
      .missingKey, "get: /a\njoin:\n  x:\n    «when»: .y", says: "kinds.a.join.x needs one of",
      help: "get: /api"),
    kind(.missingKey, "parent:\n  «when»: .y\nget: /a", says: "`kind` or `values`", help: "kind: project"),
    kind(
      .conflictingKeys, "parent: {kind: board, «values»: config.x}\nget: /a", says: "`kind` and `values`",
      help: "keep one"),
    kind(.invalidParent, "parent: «bord»\nget: /a", says: "no kind `bord`", help: "`board`?"),
    kind(
      .invalidParent, "parent: {kind: «thing»}\nget: /a", says: "no kind `thing`", help: "it has `a`, `board`"
    ),
    kind(.invalidParent, "parent: «a»\nget: /a", says: "`a` → `a`", help: "without a parent"),
    Case(
      .invalidParent,
      base + "kinds:\n  a: {get: /a, parent: «c»}\n  b: {get: /b, parent: a}\n  c: {get: /c, parent: b}",
      says: "`a` → `c` → `b` → `a`", help: "without a parent"),
    kind(
      .wrongType, "get: /{{ selector.x }}\nselector: {x: {type: boolean, default: «5»}}",
      says: "default of `x` is the number 5, not true or false", help: "its `type`"),
    kind(
      .wrongType, "get: /{{ selector.x }}\nselector: {x: {type: string, default: «c», values: [a, b]}}",
      says: "`c`, not one of `a`, `b`", help: "its `values`"),
    auth(.missingKey, "\n  «when»: config.x", says: "needs one of `basic`", help: "bearer:"),
    auth(
      .conflictingKeys, "{bearer: \"{{ config.x }}\", «query»: {name: k, value: \"{{ config.k }}\"}}",
      says: "`bearer` and `query`", help: "keep one"),
    auth(
      .missingKey, "\n  login:\n    «use»: {headers: {X: \"{{ login.token }}\"}}", says: "`get` or `post`",
      help: "post: /auth/login"),
  ]

  @Test("keys that need or exclude one another", arguments: structureCases)
  func structure(broken: Case) throws { try check(broken) }

  static let expressionsCases = [
    kind(.invalidExpression, "get: /a/{{ config.id |«» }}", says: "after `|`", help: ""),
    kind(.unknownFunction, "get: /a/{{ «confg».id }}", says: "`confg`", help: "`config`?"),
    kind(
      .unknownFunction, "get: /a/{{ config.id | «ascii_upcse» }}", says: "`ascii_upcse`",
      help: "`ascii_upcase`?"),
    kind(.unknownFunction, "get: /a/{{ «config»(1) }}", says: "takes no argument", help: "`config`"),
    kind(.unknownVariable, "get: /a\nadd: {__x: «$config».id}", says: "`$config`", help: "bind it"),
    kind(.missingQuotes, "get: /a\nadd: {__x: «text»}", says: "jq's quotes", help: "`.text`"),
    kind(.missingQuotes, "get: \"/a/{{ «text» }}\"", says: "jq's quotes", help: #"`\"text\"`"#),
    kind(.foreignSyntax, "get: /a\nnone: .status == 404 «&&» .page == 1", says: "`&&`", help: "`and`"),
    kind(.hiddenVariable, "get: /a/{{ «env.TOKEN» }}", says: "`TOKEN`", help: "`TOKEN`", .warning),
    kind(
      .manyOutputs, "get: /a\nitems: .x«[]»", says: "items takes a list", help: "drop the `[]`: `.x`",
      .warning),
    kind(.unavailableValue, "get: /a/{{ «parent».id }}", says: "no `parent`", help: "add `parent:`"),
    kind(.unavailableValue, "get: /a/{{ «login».id }}", says: "auth.login.use", help: "put it there"),
    kind(
      .unavailableValue, "get: /a/{{ «.id» }}", says: "no object yet", help: "`config`, `selector`, `kind`"),
    kind(
      .unavailableValue, "parent: board\nget: \"/a/{{ «.id» | tostring }}\"", says: "no object yet",
      help: "`parent.id"),
    kind(
      .unavailableValue, "parent: {values: «parent».x}\nget: /a/{{ parent }}", says: "what the parents are",
      help: "`selector`"),
    Case(
      .unavailableValue, "baseUrl: https://{{ «selector».x }}.com\nkinds: {a: {get: /a}}",
      says: "for all kinds",
      help: "`config`"),
    auth(.unavailableValue, "{bearer: \"{{ «kind» }}\"}", says: "for all kinds", help: "`config`"),
    kind(
      .unknownSetting, "selector: {jql: string}\nget: /a/{{ selector.jql }}/{{ «selector.jqll» }}",
      says: "setting `jqll`", help: "`jql`?"),
    kind(.unknownSetting, "get: /a/{{ «selector[\"x\"]» }}", says: "setting `x`", help: "`x: string`"),
    kind(
      .unknownSetting, "parent: {kind: board, selector: {«tpye»: x}}\nget: /a", says: "`board` has no",
      help: "`type`?"),
    kind(
      .wrongType, "parent: {kind: board, selector: {«type»: 5}}\nget: /a", says: "the number 5, not text",
      help: "write text"),
    kind(
      .wrongType, "parent: {kind: board, selector: {«type»: [\"{{ kind }}\"]}}\nget: /a",
      says: "within a list", help: "[selector.type]"),
    kind(
      .unusedSetting, "selector: {«jql»: string}\nget: /a", says: "`selector.jql`", help: "remove", .warning),
  ]

  @Test("expressions and what they know, at their exact characters", arguments: expressionsCases)
  func expressions(broken: Case) throws { try check(broken) }

  static let secretsCases = [
    auth(
      .writtenSecret, "{basic: {username: me, password: «hunter2»}}", says: "secret", help: "sensitive",
      .warning),
    auth(.writtenSecret, "{bearer: «abc123»}", says: "secret", help: "config.", .warning),
    auth(.writtenSecret, "{header: {name: X-Key, value: «abc»}}", says: "secret", help: "config.", .warning),
    auth(
      .writtenSecret,
      "{login: {post: /l, body: {user: me, password: «x»}, use: {headers: {A: \"{{ login.t }}\"}}}}",
      says: "secret", help: "config.", .warning),
    kind(
      .writtenSecret, "get: /a\nheaders: {Authorization: «Bearer x»}", says: "secret", help: "config.",
      .warning),
    Case(
      .insecureAddress,
      "baseUrl: «http://example.com»\nauth: {bearer: \"{{ config.x }}\"}\nkinds: {a: {get: /a}}",
      says: "without encryption", help: "https", .warning),
  ]

  @Test("secrets", arguments: secretsCases)
  func secrets(broken: Case) throws { try check(broken) }

  /// A file with a kind `a` that has a parent and this `event`.
  private static func event(
    _ rule: Diagnostic.Rule, _ lines: String, says: String, help: String, adds: String = "",
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    let body = lines.split(separator: "\n").map { "      \($0)\n" }.joined()
    return Case(
      rule,
      base + "events: {verify: github}\nkinds:\n  b: {get: /b}\n  a:\n    parent: b\n    get: /a\n\(adds)"
        + "    event:\n\(body)", says: says, help: help, severity)
  }

  /// A file with these `events`, and a kind that they are about.
  private static func events(
    _ rule: Diagnostic.Rule, _ events: String, says: String, help: String,
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    Case(
      rule, base + "events: \(events)\nkinds: {a: {get: /a, event: {objects: .body, key: .id}}}", says: says,
      help: help, severity)
  }

  static let eventCases: [Case] = [
    Case(
      .missingKey, base + "kinds: {a: {get: /a, «event»: {objects: .body, key: .id}}}", says: "who sent it",
      help: "verify", .warning),
    Case(
      .missingKey, base + "«events»: {verify: github}\nkinds: {a: {get: /a}}", says: "no kind says",
      help: "objects: .body", .warning),
    Case(
      .unknownKey,
      base
        + "events: {verify: jira}\nkinds: {a: {get: /a, event: {objects: .body, key: .id}}}\notherKinds: {get: /a, «event»: {objects: .body, key: .id}}",
      says: "which other kind", help: "under `kinds:`", .warning),
    event(.missingKey, "«key»: .id", says: "`objects`", help: "objects: .body.issue"),
    event(.missingKey, "«objects»: .body", says: "`key`", help: "key: .id"),
    event(
      .conflictingKeys, "objects: .body\nkey: .id\nget: /a\n«post»: /b", says: "`get` and `post`", help: "one"
    ),
    event(
      .missingKey, "objects: .body\nkey: .id\nitems: «.a»", says: "`items` is said of a request",
      help: "as it is"),
    event(
      .missingKey, "objects: .body\nkey: .id\nparent:\n  «items»: .a", says: "`get` or `post`",
      help: "get: /api"),
    event(
      .missingKey, "«objects»: .body\nkey: .id", says: "does not say what it is", help: "`parent: '",
      adds: "    add: {__b: parent.id}\n"),
    event(
      .unavailableValue, "objects: .body\nkey: .id\nget: /a/{{ «event».body.id }}",
      says: "`key` and `deleted`",
      help: "in `objects`"),
    event(.unavailableValue, "objects: «object».x\nkey: .id", says: "`keep`", help: "`.`"),
    event(
      .unavailableValue, "objects: .body\nkey: .id\nwhen: «selector».x", says: "for all selectors",
      help: "`keep`",
      adds: "    selector: {x: string}\n"),
    event(
      .unavailableValue, "objects: .body\nkey: «parent».id", says: "before anything", help: "event holds"),
    event(
      .unavailableValue, "objects: .body\nkey: .id\nget: /a/{{ «parent».id }}", says: "as it is now",
      help: "`.`"),
    event(
      .unavailableValue, "objects: .body\nkey: .id\nget: /a/{{ .id }}?p={{ «page».number }}",
      says: "of a list",
      help: "without pages"),
    event(
      .unavailableValue, "objects: .body\nkey: .id\nkeep: «webhook».url", says: "`events.create`",
      help: "there"),
    event(.manyOutputs, "objects: .body.x«[]»\nkey: .id", says: "a list", help: "drop", .warning),
    Case(
      .unknownKey,
      base
        + "events: {verify: jira}\nkinds: {a: {get: /a, event: {objects: .body, key: .id, «parent»: .x}}}",
      says: "has no `parent`", help: "remove", .warning),

    Case(
      .missingKey, base + "events:\n  «id»: .x\nkinds: {a: {get: /a, event: {objects: .body, key: .id}}}",
      says: "`verify`", help: "verify: github"),
    events(.wrongType, "{verify: «githb»}", says: "`githb`", help: "`github`?"),
    events(.missingKey, "{verify: {hmac: «sha256»}}", says: "`hmac` needs the `header`", help: "header: X-"),
    events(.wrongType, "{verify: {hmac: «md5», header: X-S}}", says: "`md5`", help: ""),
    events(
      .conflictingKeys, "{verify: {header: X-S, «basic»: true}}", says: "`header` and `basic`", help: "one"),
    events(.missingKey, "{verify: {header: X-S, prefix: «v1=»}}", says: "`prefix`", help: "hmac: sha256"),
    events(
      .wrongType, "{verify: {hmac: sha1, header: X-S, sign: «\"x{boby}{body}\"»}}", says: "`{boby}`",
      help: "{timestamp}.{body}"
    ),
    events(
      .wrongType,
      "{verify: {hmac: sha1, header: X-S, timestamp: X-T, sign: «'{timestamp}'»}}".replacing("'", with: "\""),
      says: "`{body}` is not signed", help: "{timestamp}.{body}"),
    events(
      .missingKey,
      "{verify: {hmac: sha1, header: X-S, sign: «'{timestamp}.{body}'»}}".replacing("'", with: "\""),
      says: "no header has it", help: "timestamp: X-"),
    events(
      .missingKey, "{verify: {hmac: sha1, header: X-S, timestamp: «X-T»}}", says: "`timestamp` is not signed",
      help: "{timestamp}"),
    events(
      .missingKey, "{verify: {hmac: sha1, header: X-S, tolerance: «9»}}", says: "`tolerance`",
      help: "timestamp: X-"),
    events(
      .missingKey, "{verify: jira, create: {find: {get: /h}, post: /h}}", says: "`same`", help: "same: .url"
    ),
    events(
      .invalidParent, "{verify: jira, create: {parent: «c», find: {get: /h}, same: .x, post: /h}}",
      says: "no kind `c`", help: "`a`"),
    events(
      .unavailableValue,
      "{verify: jira, create: {find: {get: /h}, same: .x, post: /h, body: {u: \"{{ «event».url }}\"}}}",
      says: "`deleted`", help: "objects"),
    events(
      .unavailableValue, "{verify: jira, secret: «selector».x}", says: "for all kinds", help: "`config`"),
  ]

  @Test("events", arguments: eventCases)
  func eventParts(broken: Case) throws { try check(broken) }

  @Test("the secret of events is a configuration")
  func secret() throws {
    let yaml =
      Self.base + "events: {verify: github}\nkinds: {a: {get: /a, event: {objects: .body, key: .id}}}"
    func found(_ names: String...) -> [Diagnostic] {
      var spec = IntegrationSpec(kinds: ["a"])
      spec.configurations = names.map { IntegrationSpec.Configuration(name: $0) }
      return Linter().lintFetcher(Array(yaml.utf8), file: "fetcher.yml", spec: spec)
    }
    #expect(found("webhookSecret").isEmpty)
    #expect(found("other").map(\.rule) == [.unknownConfiguration])
    #expect(found("other").first?.help?.contains("webhookSecret") == true)
  }

  @Test(
    "a file in which everything is right is left alone",
    arguments: [
      fullFetcher,
      base
        + "kinds: {a: {get: /a, query: {since: \"{{ now - 86400 | todate }}\", x: \"{{ [config.a] | join(\\\",\\\") }}\"}}}",
      base
        + #"kinds: {a: {get: '/a/{{ "x\(config.a)" }}/{{ selector | keys | length }}', selector: {b: string}}}"#,
      base + "kinds: {a: {get: \"/{{ config | .id as $x | $x }}/{{ def f: config.x; f }}\"}}",
      "baseUrl: http://localhost:8080\nauth: {bearer: \"{{ config.x }}\"}\nkinds: {a: {get: /a}}",
      "baseUrl: http://example.com\nkinds: {a: {get: /a}}",
      base + "kinds: {a: {get: /a, join: {__b: {get: \"/{{ .id }}\", when: .x, items: .y}}}}",
      base + "otherKinds: {get: \"/{{ kind }}\", none: .status == 404 or .count == 0}",
      base + "events: {verify: {basic: true}}\nkinds: {a: {get: /a, event: {objects: .body, key: .id}}}",
      base
        + "events: {verify: {header: X-Token}}\nkinds: {b: {get: /b}, a: {parent: b, get: /a, event: {objects: .body, key: .id}}}",
    ])
  func clean(yaml: String) {
    #expect(fetcherProblems(yaml).isEmpty)
  }

  @Test("what an alias repeats is said once, and costs each kind that it is in")
  func alias() throws {
    let definition = try fetcher(
      Self.base
        + "kinds:\n  a: {get: /a, paging: &p {page: n, link: next}}\n  b: {get: /b, paging: *p}\n  c: {get: /c}"
    )
    #expect(definition.diagnostics.map(\.rule) == [.conflictingKeys])
    #expect(definition.kinds.map(\.name) == ["c"])
  }

  private func check(_ expected: Case) throws {
    let text = MarkedText(expected.marked)
    let found = fetcherProblems(text.text)
    #expect(found.count == 1, "\(found)")
    let first = try #require(found.first { $0.rule == expected.rule }, "\(found)")
    #expect(first.severity == expected.severity)
    if !text.place.isEmpty { #expect(first.place == text.place, "\(first)") }
    #expect(first.message.contains(expected.says), "\(first)")
    #expect(expected.help.isEmpty || first.help?.contains(expected.help) ?? false, "\(first)")
  }
}
