{
  identifier: .key,
  title: .fields.summary,
  blueprint: "jiraIssue",
  properties: {
    url: ((.self | split("/") | .[:3] | join("/")) + "/browse/" + .key),
    status: .fields.status.name,
    issueType: .fields.issuetype.name,
    components: .fields.components,
    creator: .fields.creator.emailAddress,
    priority: .fields.priority.name,
    labels: .fields.labels,
    created: .fields.created,
    updated: .fields.updated,
    resolutionDate: .fields.resolutiondate
  },
  relations: {
    project: .fields.project.key,
    parentIssue: .fields.parent.key,
    subtasks: (.fields.subtasks | map(.key)),
    assignee: .fields.assignee.accountId,
    reporter: .fields.reporter.accountId
  }
}
