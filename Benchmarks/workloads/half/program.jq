{
  identifier: .key,
  title: .fields.summary,
  blueprint: "jiraIssue",
  properties: {
    status: .fields.status.name,
    issueType: .fields.issuetype.name,
    priority: .fields.priority.name,
    labels: .fields.labels,
    created: .fields.created,
    # Without the fallback, an issue whose summary does not match would give no entity at all.
    area: ((.fields.summary | capture("^\\[(?<area>[^\\]]+)\\]").area) // null),
    slug: (.fields.summary[:40] | ascii_downcase | gsub("[^a-z0-9]+"; "-")),
    isIncident: (.fields.summary | test("\\b(outage|incident|down)\\b"; "i")),
    caption: "\(.fields.issuetype.name) \(.key): \(.fields.summary)",
    text: ([.fields.description | .. | .text? // empty] | join(" ")),
    month: (.fields.created[:19] + "Z" | fromdateiso8601 | strftime("%Y-%m")),
    daysOpen: (
      if .fields.resolutiondate then
        ((.fields.resolutiondate | sub("\\.[0-9]+[+]0000$"; "Z") | fromdateiso8601)
          - (.fields.created | sub("\\.[0-9]+[+]0000$"; "Z") | fromdateiso8601)) / 86400 | floor
      else null end),
    hoursLogged: (([.fields.worklog.worklogs[].timeSpentSeconds] | add // 0) / 3600),
    openSubtasks: ([.fields.subtasks[] | select(.fields.status.statusCategory.key != "done")] | length)
  },
  relations: {
    project: .fields.project.key,
    assignee: .fields.assignee.accountId,
    blockedBy: [
      .fields.issuelinks[]
      | select(.type.inward == "is blocked by" and .inwardIssue != null)
      | .inwardIssue.key
    ]
  }
}
