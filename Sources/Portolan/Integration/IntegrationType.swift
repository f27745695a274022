/// One of Port's own integrations, as far as its name tells which keys of a config it reads.
///
/// ```swift
/// print(IntegrationType("gitlab-v2")?.readsFiles ?? false)
/// ```
public struct IntegrationType: Sendable, Hashable {
  /// What it is called, in small letters: `gitlab-v2`.
  public let name: String

  /// The type of that name; nil where none of Port's integrations has it, and nothing is known of what it reads.
  public init?(_ name: String) {
    let name = name.lowercased()
    guard Self.names.contains(name) else { return nil }
    self.name = name
  }

  /// Whether it is for Git repositories and replaces `file://README.md` by the file.
  public var readsFiles: Bool { Self.git.contains(family) }

  /// What integrations have in common that read the same keys: `gitlab` for `gitlab-v2`.
  var family: String { Self.families[name] ?? name }

  private static let git: Set = ["github", "gitlab", "azure-devops", "bitbucket"]

  private static let families = [
    "github-ocean": "github", "gitlab-v2": "gitlab", "bitbucket-cloud": "bitbucket",
    "bitbucket-server": "bitbucket", "k8s": "kubernetes", "k8s-exporter": "kubernetes",
  ]

  private static let names = Set(
    """
    aikido amplication argocd armorcode aws aws-v3 azure azure-devops backstage bitbucket bitbucket-cloud
    bitbucket-server checkmarx-one clickup cursor datadog dynatrace firehydrant gcp github github-copilot
    github-ocean gitlab gitlab-v2 harbor hibob jenkins jira jira-server k8s k8s-exporter kafka komodor kubecost
    kubernetes launchdarkly linear newrelic octopus okta opencost opsgenie pagerduty rootly sentry servicenow
    slack snyk sonarqube spacelift statuspage terraform-cloud wiz zendesk
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
