import TestSupport
import Testing

@testable import Portolan

@Suite("An integration's spec.yml")
struct IntegrationSpecTests {
  private func load(_ yaml: String) throws -> IntegrationSpec {
    let folder = try TemporaryFolder()
    return try IntegrationSpec.load(contentsOf: try folder.write("spec.yml", yaml))
  }

  @Test("it is read whole: what people see, the kinds, and what a user sets")
  func whole() throws {
    let spec = try load(
      """
      title: T
      description: D
      icon: I
      features:
        - resources: [{kind: a, x: 1}, {kind: 'b::c'}]
        - type: gitops
        - resources: [{kind: d}]
      configurations:
        - name: host
          type: url
          required: yes
          description: Where it is
        - {name: token, sensitive: true}
        - {name: pages, type: integer, default: 5}
        - {name: labels, type: object, default: {a: [b]}}
      """)
    #expect(
      spec
        == IntegrationSpec(
          title: "T", description: "D", kinds: ["a", "b::c", "d"],
          configurations: [
            .init(name: "host", type: "url", required: true, description: "Where it is"),
            .init(name: "token", sensitive: true), .init(name: "pages", type: "integer", defaultJSON: "5"),
            .init(name: "labels", type: "object", defaultJSON: #"{"a":["b"]}"#),
          ]))
  }

  @Test("what is wrong in it costs only itself and is told with its place; a key that is Port's own is right")
  func tolerant() throws {
    let marked = MarkedText(
      """
      title: [T]
      more: 1
      features:
        - resources: [{kind: a}, {}, b]
        - resources: «none»
      configurations:
        - {type: url}
        - {name: host, required: maybe}
      """)
    let spec = try load(marked.text)
    #expect(spec.title == nil)
    #expect(spec.kinds == ["a"])
    #expect(spec.configurations == [.init(name: "host")])
    #expect(
      spec.diagnostics.map { "\($0.location?.line ?? 0) \($0.rule.rawValue)" } == [
        "1 wrong-type", "4 missing-key", "4 wrong-type", "5 wrong-type", "7 missing-key", "8 wrong-type",
      ])
    #expect(spec.diagnostics.contains { $0.place == marked.place })
    #expect(spec.diagnostics.allSatisfy { $0.help != nil })
  }

  @Test("a file that cannot be read, or is not YAML, is an error")
  func broken() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DiagnosticsError.self) { try IntegrationSpec.load(contentsOf: folder.path + "/no.yml") }
    #expect(throws: DiagnosticsError.self) { try load("a: [") }
  }

  @Test("lint tells what is wrong in it")
  func lint() throws {
    let folder = try TemporaryFolder()
    let config = try folder.write(
      ".port/resources/port-app-config.yml", resource("identifier: .id\nblueprint: .b"))
    let spec = try folder.write(".port/spec.yml", "features: 1")
    let found = Linter().lint(.config(at: config)).findings
    #expect(found.map(\.rule) == [.wrongType])
    #expect(found.first?.location?.file == spec)
  }

  @Test("the shipped ones are read, with what a user must set", arguments: ["jira", "octopus"])
  func shipped(name: String) throws {
    let spec = try IntegrationSpec.load(
      contentsOf: repository.appending(path: ".port/\(name)/spec.yml").path)
    #expect(!spec.kinds.isEmpty)
    #expect(spec.configurations.contains { $0.required && $0.sensitive })
    #expect(spec.diagnostics.isEmpty)
  }
}
