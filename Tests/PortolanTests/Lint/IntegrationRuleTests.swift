import Testing

@testable import Portolan

@Suite("Lint: what integrations read beside the grammar")
struct IntegrationRuleTests {
  private let resource = """
    resources:
      - kind: KIND
        port: {entity: {mappings: {identifier: .id, blueprint: '"b"', properties: {readme: VALUE}}}}
    """

  private func lint(_ top: String, kind: String = "issue", value: String = ".a", _ integration: String? = nil)
    -> [Diagnostic]
  {
    let yaml = top + "\n" + resource.replacing("KIND", with: kind).replacing("VALUE", with: value)
    return Linter().lint(
      Array(yaml.utf8), file: "config.yml",
      spec: IntegrationSpec(kinds: ["issue", "projects", "rule", "API"]),
      integration: integration.flatMap(IntegrationType.init))
  }

  @Test(
    "a key is known where its integration reads it, or none is known",
    arguments: [
      ("repositoryType: all", "github"), ("repositoryType: all", nil), ("repositoryType: all", "acme"),
      ("organizations: [acme]", "github-ocean"), ("useDefaultBranch: true", "azure-devops"),
      ("visibility: {useMinAccessLevel: true, minAccessLevel: 30}", "gitlab-v2"), ("branch: main", "gitlab"),
      ("crdsToDiscover: '.a'", nil), ("x-any: 1", "jira"), (".any: [1]", "jira"),
      ("base: &base {a: 1}", "jira"),
      ("texts: {a: &a '.b'}", nil),
    ])
  func known(top: String, integration: String?) {
    #expect(lint(top, integration) == [])
  }

  @Test(
    "elsewhere it is ignored, and a misspelled one is no key of anyone",
    arguments: [
      ("repositoryType: all", "jira", "unknown-key", "`github`"),
      ("repositoryTypes: all", nil, "unknown-key", "`repositoryType`?"),
      ("visibilty: {}", "gitlab", "unknown-key", "`visibility`?"),
      ("useDefaultBranch: no thanks", "azure-devops", "wrong-type", "`useDefaultBranch: true`"),
    ])
  func unknown(top: String, integration: String?, rule: String, help: String) {
    let found = lint(top, integration)
    #expect(found.map(\.rule.rawValue) == [rule])
    #expect(found.first?.help?.contains(help) == true)
  }

  @Test("a file is read by Git integrations only")
  func files() {
    for integration in ["github", "gitlab-v2", "azure-devops", "bitbucket-cloud", "acme", nil] {
      #expect(lint("", value: "file://README.md", integration) == [])
      #expect(lint("", value: "search://scope=blobs&&query=filename:port.yml", integration) == [])
    }
    let found = lint("", value: "file://README.md", "jira")
    #expect(found.map(\.severity) == [.warning])
    #expect(found.first?.message.contains("only Git integrations") == true)
  }

  @Test(
    "a kind is unknown where it is nearly a known one",
    arguments: [
      ("isue", "issue"), ("issue", nil), ("issues", nil), ("project", nil), ("projcts", "projects"),
      ("rules", nil), ("APIs", nil), ("role", nil), ("App", nil), ("projects_ga", nil),
      ("other", nil),
    ])
  func kinds(kind: String, meant: String?) {
    let found = lint("", kind: kind)
    #expect(found.map(\.rule.rawValue) == (meant == nil ? [] : ["unknown-kind"]))
    #expect(found.first?.help == meant.map { "did you mean `\($0)`?" })
  }
}
