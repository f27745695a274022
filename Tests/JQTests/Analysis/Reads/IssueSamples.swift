extension MappingSamples {
  /// A Jira issue, and expressions as mappings have them for it.
  static let issue = MappingSamples(
    input: #"""
      {"key": "PORT-12", "id": "10012", "self": "https://jira.example.com/rest/api/3/issue/10012",
      "fields": {"summary": "Fix it", "status": {"name": "In Progress",
      "statusCategory": {"key": "indeterminate"}}, "issuetype": {"name": "Bug", "subtask": false},
      "assignee": {"emailAddress": "ann@example.com", "displayName": "Ann"}, "reporter": null,
      "priority": {"name": "High"}, "labels": ["backend", "team:core"],
      "created": "2024-05-01T10:20:30.000+0000", "resolutiondate": null, "parent": {"key": "PORT-1",
      "fields": {"summary": "Epic"}}, "subtasks": [{"key": "PORT-13",
      "fields": {"status": {"name": "Done"}}}, {"key": "PORT-14",
      "fields": {"status": {"name": "To Do"}}}], "components": [{"id": "1", "name": "api"}, {"id": "2",
      "name": "web"}], "customfield_1": {"value": "x", "child": {"value": "y"}},
      "comment": {"comments": [{"author": {"displayName": "Bob"}, "body": "hi",
      "created": "2024-05-02T08:00:00Z"}], "total": 1}, "issuelinks": [{"type": {"name": "Blocks"},
      "outwardIssue": {"key": "PORT-3"}}, {"type": {"name": "Relates"},
      "inwardIssue": {"key": "PORT-4"}}]}}
      """#,
    expressions: #"""
      .key
      .fields.summary
      "jiraIssue"
      .fields.status.name // "none"
      .fields.assignee.emailAddress?
      (.self | split("/") | .[:3] | join("/")) + "/browse/" + .key
      .fields.subtasks | map(.key)
      [.fields.subtasks[].key]
      .fields.subtasks | length
      [.fields.subtasks[] | select(.fields.status.name == "Done")] | length
      .fields.subtasks | map(select(.fields.status.name != "Done") | .key) | join(", ")
      .fields.labels[0]
      .fields.labels[-1] // null
      .fields.labels[1:]
      .fields.labels[:1] | .[0]
      .fields.labels | map(select(startswith("team:"))) | first | if . then ltrimstr("team:") else null end
      .fields.labels | any(. == "backend")
      .fields.labels | index("backend") != null
      .fields.labels | contains(["backend"])
      .fields.components | map(.name) | sort | unique
      .fields.components | map({(.id): .name}) | add
      [.fields.components[] | {id, title: .name}]
      .fields.components | map({key: .id, value: .name}) | from_entries
      .fields.components | sort_by(.name) | .[0].name
      [.fields.components[]] | sort_by(.name) | first.name
      .fields.components | group_by(.name) | map(length)
      [.fields.components[]] | max_by(.id).name
      .fields.created | sub("\\.[0-9]+\\+0000$"; "Z") | fromdate
      .fields.created[0:10]
      .fields.created | split("T")[0]
      try (.fields.created | fromdate) catch "bad date"
      .fields.resolutiondate == null
      .fields.parent != null and .fields.issuetype.subtask
      if .fields.issuetype.subtask then .fields.parent.key else .key end
      if .fields.priority.name == "High" then 1 elif .fields.priority.name == "Low" then 3 else 2 end
      .fields.reporter.displayName // .fields.assignee.displayName // "nobody"
      .fields | .customfield_1.child.value, .summary
      .fields.customfield_1 | [.value, .child.value] | map(select(. != null))
      [.fields.issuelinks[] | select(.type.name == "Blocks") | .outwardIssue.key]
      [.fields.issuelinks[] | (.outwardIssue // .inwardIssue).key]
      .fields.issuelinks | map(.outwardIssue.key // .inwardIssue.key // empty)
      .fields.comment.comments | last | .author.displayName
      [.fields.comment.comments[] | "\(.author.displayName): \(.body)"] | join("\n")
      .fields.comment.total > 0
      .fields as {summary: $s, status: {name: $n}} | "\($s) (\($n))"
      . as $r | .fields | $r.key
      . as {key: $k} | .fields.subtasks | map($k + "/" + .key)
      .fields.status.statusCategory.key as $c | {"new": "todo", "indeterminate": "doing"}[$c] // "done"
      reduce .fields.subtasks[] as $t (0; . + (if $t.fields.status.name == "Done" then 1 else 0 end))
      reduce .fields.subtasks[] as {key: $k} ([]; . + [$k])
      .fields | has("parent")
      .fields | keys
      .fields | to_entries | map(select(.key | startswith("customfield_"))) | map(.value.value)
      .fields | to_entries[] | select(.key == "summary") | .value
      .fields | type
      .fields.parent | not
      .fields | with_entries(select(.key == "summary"))
      [.fields.subtasks, .fields.components] | map(length) | add
      {key, status: .fields.status.name}.status
      {a: .fields, b: .key} | .a.summary
      .fields.subtasks[].fields.status.name
      [.fields.subtasks[] | .key] | .[0]
      first(.fields.subtasks[] | select(.key == "PORT-14")).key
      [limit(1; .fields.components[].name)]
      .fields.labels | @csv
      .fields | tojson | length
      .fields.assignee | tostring
      (.fields.labels // []) + [.fields.priority.name]
      .fields.subtasks | isempty(.[])
      del(.fields.comment) | .fields.summary
      .fields.summary |= ascii_upcase | .fields.summary
      .fields.status.name as $s | $s
      [paths] | length
      [.. | .name? // empty]
      """#)
}
