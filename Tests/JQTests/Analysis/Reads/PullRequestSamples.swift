extension MappingSamples {
  /// A GitHub pull request, and expressions as mappings have them for it.
  static let pullRequest = MappingSamples(
    input: #"""
      {"id": 7, "number": 42, "title": "Add thing", "state": "closed", "draft": false,
      "merged_at": "2024-03-02T12:00:00Z", "created_at": "2024-03-01T00:00:00Z",
      "html_url": "https://github.com/o/r/pull/42", "user": {"login": "ann"},
      "head": {"ref": "feature/PORT-12-x", "repo": {"name": "r", "full_name": "o/r"}},
      "assignees": [{"login": "ann", "id": 1}, {"login": "bob", "id": 2}], "requested_reviewers": [],
      "requested_teams": [{"slug": "core"}], "labels": [{"name": "bug", "color": "f00"},
      {"name": "size/S", "color": "0f0"}], "body": null, "topics": ["go", "api"],
      "_links": {"self": {"href": "https://api.github.com/1"}}, "stats": {"additions": 10,
      "deletions": 3}}
      """#,
    expressions: #"""
      .head.repo.name + "-" + (.number | tostring)
      .head.repo.full_name | split("/") | last
      [.assignees[].login]
      .assignees[0].login
      .assignees | map(.login) | join(",")
      .requested_reviewers | length == 0
      [.requested_reviewers[].login, .requested_teams[].slug]
      .labels | map(.name)
      [.labels[] | select(.name | test("^size/")).name][0]
      .labels | map(select(.color == "f00")) | length > 0
      .labels | any(.name == "bug")
      .labels | all(.color != null)
      any(.labels[]; .name == "bug")
      all(.assignees[]; .id > 0)
      [.labels[].name] | any
      .draft | not
      if .merged_at then "merged" else .state end
      .merged_at != null
      ((.merged_at // .created_at | fromdate) - (.created_at | fromdate)) / 3600 | floor
      .head.ref | capture("(?<key>[A-Z]+-[0-9]+)") | .key
      .head.ref | [match("[A-Z]+-[0-9]+").string] | .[0]
      .head.ref | [scan("[A-Z]+-[0-9]+")] | first
      .head.ref | gsub("/"; "-")
      .head.ref | ascii_downcase | sub("port"; "x")
      .stats | .additions + .deletions
      .stats.additions - .stats.deletions | if . < 0 then -. else . end
      -(.stats.additions)
      [.stats[]] | add
      .stats | map_values(. * 2)
      .assignees | map_values(.login)
      .labels | map_values(select(.name == "bug"))
      .labels | map(has("name"))
      .labels | map({name}) | .[1].name
      .user.login as $u | .assignees | map(select(.login == $u)) | length
      .assignees as [$a, $b] | [$a.login, $b.login]
      .assignees as [{login: $x}] | $x
      .assignees[] as {$login, $id} | "\($login)\($id)"
      .assignees as [$a] ?// {login: $a} | $a
      .["_links"].self.href
      .["html_url"]
      ._links["self"]["href"]
      ._links | .["self", "html"]
      .title as $t | .topics | map($t + .)
      .topics as $t | $t[0]
      .topics | .[length - 1]
      .topics | reverse | .[0]
      .topics | @json
      "https://x/\(.user.login)?q=\(.title | @uri)"
      @base64 "\(.title)"
      .title | @base64 | @base64d
      .body // "" | length
      [.assignees[] | .login | ascii_upcase] | unique
      foreach .labels[] as $l (0; . + 1; {n: ., name: $l.name})
      [foreach .topics[] as $t (null; $t)]
      label $out | .labels[] | if .name == "bug" then ., break $out else empty end | .color
      .labels | to_entries | map({(.key | tostring): .value.name}) | add
      .labels | [.[] | .name] | contains(["bug"])
      .topics | inside(["go", "api", "x"])
      [.labels[] | [.name, .color]] | map(.[0])
      [.labels[] | [.name, .color] | first]
      .labels | group_by(.color) | map({color: .[0].color, names: map(.name)})
      [.labels[]] | group_by(.color) | map(.[0].name)
      [.labels[]] | unique_by(.color) | length
      .labels | INDEX(.name) | keys
      [splits("x")?]
      .number | tostring | length
      .number % 2 == 0
      [.number, .id] | max
      .state | IN("open", "closed")
      IN(.labels[].name; "bug", "x")
      .state == "closed" and (.merged_at | not)
      .draft or .merged_at
      .user | {login} | .login
      .user + {x: 1} | .login
      .stats * {additions: 1}
      {user} | .user.login
      {(.state): .user.login, "k\(.id)": .stats} | .closed
      {"user": .user}.user
      .. | numbers
      [.labels[] | objects | .name]
      """#)
}
