/// Icons of Port that suit a kind.
enum Icons {
  private static let systems = [
    "github": "Github", "gitlab": "GitLab", "jira": "Jira", "pagerduty": "pagerduty", "octopus": "Octopus",
    "sentry": "Sentry", "slack": "Slack", "okta": "Okta", "grafana": "Grafana", "jenkins": "Jenkins",
    "argo": "Argo",
    "datadog": "Datadog", "azure": "Azure", "aws": "AWS", "gcp": "GCP", "terraform": "Terraform",
    "kafka": "Kafka",
    "bitbucket": "BitBucket", "newrelic": "NewRelic", "launchdarkly": "Launchdarkly",
  ]

  private static let kinds = [
    "repository": "Git", "repo": "Git", "branch": "Git", "commit": "Git", "pull": "GitPullRequest",
    "merge": "GitPullRequest", "service": "Service", "microservice": "Microservice",
    "component": "Microservice",
    "incident": "Alert", "alert": "Alert", "alarm": "Alert", "user": "User", "person": "User",
    "member": "User",
    "team": "Team", "group": "Team", "squad": "Team", "environment": "Environment",
    "deployment": "Deployment",
    "release": "Package", "version": "GitVersion", "package": "Package", "cluster": "Cluster", "node": "Node",
    "server": "Server", "machine": "Server", "host": "Server", "bucket": "Bucket", "secret": "Lock",
    "permission": "Permission", "role": "Permission", "customer": "Customer",
  ]

  /// The icon of the system `name`, else of what a kind's last words say, else a plain one.
  static func icon(system name: String, kind: Words) -> String {
    let system = Words(of: name).all.joined()
    if let icon = systems.first(where: { system.hasPrefix($0.key) })?.value { return icon }
    return kind.all.reversed().lazy.compactMap { kinds[$0] }.first ?? "DefaultEntity"
  }
}
