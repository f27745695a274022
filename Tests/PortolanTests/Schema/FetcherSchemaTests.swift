import Foundation
import TestSupport
import Testing
import YAMLTree

@testable import Portolan

@Suite("The JSON Schema of a fetcher.yml")
struct FetcherSchemaTests {
  private func schema() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(FetcherSchema().json)) as? [String: Any])
  }

  private func accepts(_ yaml: String) throws -> Bool {
    let json = try YAMLParser.parse(Array(yaml.utf8)).json()
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return SchemaValidator(root: try schema()).isValid(value)
  }

  @Test("it is draft 7, and every reference leads to a definition")
  func references() throws {
    let schema = try schema()
    #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    let text = String(decoding: FetcherSchema().json, as: UTF8.self)
    let references = text.matches(of: /"#\/definitions\/([A-Za-z0-9]+)"/).map { String($0.1) }
    let definitions = try #require(schema["definitions"] as? [String: Any])
    #expect(Set(references) == Set(definitions.keys))
  }

  @Test("it accepts what is right")
  func accepted() throws {
    let yamls = [
      fullFetcher, "baseUrl: x\nkinds: {a: {get: /a}}", "baseUrl: x\notherKinds: {get: /a, paging: }",
      "baseUrl: x\nauth: {bearer: x}\nkinds: {a: {post: /a, body: [1, {a: b}], selector: {x: any}}}",
    ]
    for yaml in yamls { #expect(try accepts(yaml), "\(yaml)") }
  }

  @Test("it rejects what reading finds an error in")
  func rejected() throws {
    let kinds = [
      "{}", "{get: /a, post: /a}", "{get: [a]}", "{get: /a, selector: {x: strng}}",
      "{get: /a, selector: {x: {type: strng}}}", "{get: /a, paging: {until: .x}}",
      "{get: /a, paging: {page: p, link: next}}", "{get: /a, paging: {cursor: .x}}",
      "{get: /a, paging: {page: p, in: querry}}", "{get: /a, paging: {page: p, limit: n}}",
      "{get: /a, paging: {page: p, size: 0}}", "{post: /a, body: {}, form: {}}",
      "{get: /a, parent: {when: .x}}",
      "{get: /a, parent: {kind: b, values: .x}}", "{get: /a, join: {x: {items: .x}}}",
      "{get: /a, add: {x: [1]}}", "{get: /a, event: {key: .id}}",
      "{get: /a, event: {objects: .x, key: .id, items: .x}}",
      "{get: /a, event: {objects: .x, key: .id, get: /a, post: /a}}",
      "{get: /a, parent: b, event: {objects: .x, key: .id, parent: {items: .x}}}",
    ]
    let files = [
      "kinds: {a: {get: /a}}", "baseUrl: x", "[]", "baseUrl: x\nauth: {when: .x}\nkinds: {a: {get: /a}}",
      "baseUrl: x\nauth: {basic: {username: x}}\nkinds: {a: {get: /a}}",
      "baseUrl: x\nauth: [{bearer: x, query: {name: k, value: v}}]\nkinds: {a: {get: /a}}",
      "baseUrl: x\nlimits: {attempts: 1.5}\nkinds: {a: {get: /a}}",
      "baseUrl: x\nauth: {login: {use: {headers: {A: b}}}}\nkinds: {a: {get: /a}}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {verify: githb}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {verify: {hmac: sha1}}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {verify: {header: X, basic: true}}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {verify: {header: X, sign: x}}",
      "baseUrl: x\nkinds: {a: {get: /a}}\nevents: {verify: jira, create: {find: {get: /a}, post: /a}}",
    ]
    for yaml in files + kinds.map({ "baseUrl: x\nkinds: {a: \($0), b: {get: /b}}" }) {
      #expect(try !accepts(yaml), "\(yaml)")
      #expect(fetcherProblems(yaml).contains { $0.severity == .error }, "\(yaml)")
    }
  }
}

@Suite("Schema, lint and definition of selector settings")
struct SettingAgreementTests {
  /// What is right and wrong for a setting of each type.
  private static let samples: [SelectorSetting.Kind: (right: String, wrong: String?)] = [
    .string: ("text", "[a]"), .integer: ("3", "1.5"), .number: ("0.5", "text"), .boolean: ("true", "text"),
    .list: ("[a, 1]", "text"), .object: ("{a: 1}", "text"), .any: ("[1]", nil),
  ]

  private static func mapping(_ kind: String, _ selector: String) -> String {
    "resources: [{kind: \(kind), selector: {\(selector)}, port: {entity: {mappings: {identifier: .a, blueprint: .b}}}}]"
  }

  /// A selector with `value` for a setting, and what is right for the others that are required.
  private static func selector(_ setting: SelectorSetting, _ value: String, of kind: FetcherDefinition.Kind)
    -> String
  {
    let others = kind.settings.filter { $0.isRequired && $0.name != setting.name }
    return (others.map { "\($0.name): \(right($0))" } + ["\(setting.name): \(value)"]).joined(separator: ", ")
  }

  private static func right(_ setting: SelectorSetting) -> String {
    if let value = setting.values.first { return setting.kind == .list ? "[\(value)]" : value }
    return samples[setting.kind]?.right ?? ""
  }

  @Test(
    "the schema has each with its type and default; lint and schema take and refuse the same values",
    arguments: [
      fullFetcher, SelectorRuleTests.definition,
    ])
  func agreement(yaml: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", "resources: []")
    try folder.write(".port/acme/fetcher.yml", yaml)
    let definition = try fetcher(yaml)
    let json = try ConfigSchema(Integration.find(in: folder.path)).json
    let schema = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    var count = 0
    for kind in definition.kinds {
      for setting in kind.settings {
        count += 1
        let shown = try #require(Self.schema(of: setting.name, kind.name, in: schema), "\(setting.name)")
        #expect(
          (shown["description"] as? String)?.contains(setting.description ?? "told for \(kind.name)") == true)
        let standard = try setting.defaultJSON.map {
          try JSONSerialization.jsonObject(with: Data($0.utf8), options: .fragmentsAllowed)
        }
        #expect((shown["default"] as? NSObject) == (standard as? NSObject), "\(setting.name)")
        let wrong = [
          Self.samples[setting.kind]?.wrong,
          setting.values.isEmpty ? nil : setting.kind == .list ? "[nope]" : "nope",
          setting.isRequired ? "~" : nil,
        ].compactMap { $0 }
        let right = [Self.right(setting), setting.defaultJSON, setting.isRequired ? nil : "~"].compactMap {
          $0
        }
        for (values, isRight) in [(right, true), (wrong, false)] {
          for value in values {
            let config = Self.mapping(kind.name, Self.selector(setting, value, of: kind))
            let found = Linter().lint(Array(config.utf8), file: "c.yml", fetcher: definition)
            #expect(found.isEmpty == isRight, "\(config): \(found)")
            #expect(try Self.accepts(config, schema) == isRight, "\(config)")
          }
        }
      }
    }
    #expect(count >= 6)
  }

  @Test("the kinds of a fetcher.yml are the kinds, unless it takes others")
  func kinds() throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", "resources: []")
    for (others, isOpen) in [("", false), ("\notherKinds: {get: /a}", true)] {
      try folder.write(".port/acme/fetcher.yml", "baseUrl: x\nkinds: {a: {get: /a}, b: {items: .x}}" + others)
      let json = try ConfigSchema(Integration.find(in: folder.path)).json
      let schema = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
      #expect(try Self.accepts(Self.mapping("a", ""), schema))
      // A kind with an error in it is a kind.
      #expect(try Self.accepts(Self.mapping("b", ""), schema))
      #expect(try Self.accepts(Self.mapping("c", ""), schema) == isOpen)
    }
  }

  @Test("a definition that is no file is as good")
  func builtIn() throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", "resources: []")
    let integrations = Integration.find(in: folder.path)
    let definition = try fetcher(SelectorRuleTests.definition)
    let built = try ConfigSchema(integrations, fetchers: ["acme": definition]).json
    try folder.write(".port/acme/fetcher.yml", SelectorRuleTests.definition)
    #expect(try built == ConfigSchema(Integration.find(in: folder.path)).json)
  }

  private static func schema(of setting: String, _ kind: String, in schema: [String: Any]) -> [String: Any]? {
    let resource = (schema["definitions"] as? [String: Any])?["resource"] as? [String: Any]
    for condition in resource?["allOf"] as? [[String: Any]] ?? [] {
      let name = at(condition, "if", "properties", "kind", "const") as? String
      guard name == kind else { continue }
      return at(condition, "then", "properties", "selector", "properties", setting) as? [String: Any]
    }
    return nil
  }

  private static func at(_ value: Any, _ keys: String...) -> Any? {
    keys.reduce(value as Any?) { ($0 as? [String: Any])?[$1] }
  }

  private static func accepts(_ yaml: String, _ schema: [String: Any]) throws -> Bool {
    let json = try YAMLParser.parse(Array(yaml.utf8)).json()
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return SchemaValidator(root: schema).isValid(value)
  }
}
