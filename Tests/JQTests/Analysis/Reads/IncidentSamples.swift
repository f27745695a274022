extension MappingSamples {
  /// A PagerDuty incident, and expressions as mappings have them for it.
  static let incident = MappingSamples(
    input: #"""
      {"incident": {"id": "Q1", "incident_number": 5, "status": "triggered", "urgency": "high",
      "service": {"id": "P1", "summary": "API", "type": "service_reference"},
      "assignments": [{"at": "2024-01-01T00:00:00Z", "assignee": {"id": "U1", "summary": "Ann"}}],
      "acknowledgements": [], "priority": null, "teams": [{"id": "T1"}, {"id": "T2"}]},
      "__oncall_user": [{"user": {"id": "U1", "email": "a@example.com"}, "escalation_level": 1},
      {"user": {"id": "U2", "email": "b@example.com"}, "escalation_level": 2}], "tags": {"env": "prod",
      "team": "core", "tier": 1}, "scores": [3, 1, 2]}
      """#,
    expressions: #"""
      .incident.id
      .incident | .id, .status
      .incident.service.summary // .incident.service.id
      .incident.assignments | map(.assignee.id)
      .incident.assignments[0].assignee.summary?
      [.__oncall_user[] | select(.escalation_level == 1) | .user.email]
      .__oncall_user | map(.user.email) | .[0]
      [.__oncall_user[] | {id: .user.id, level: .escalation_level}] | map(select(.level < 2)) | map(.id)
      .__oncall_user | sort_by(.escalation_level) | map(.user.email)
      [.__oncall_user[]] | min_by(.escalation_level) | .user.email
      .tags | to_entries | map(.key + "=" + (.value | tostring)) | join(",")
      .tags.env
      .tags["team"]
      .tags | keys_unsorted
      .tags | length
      .tags | map(strings)
      [.tags | to_entries[] | .key] | sort
      .tags | to_entries | map(.value) | map(type)
      .tags | has("env"), has("nope")
      [.tags[] | select(type == "string")]
      .incident.teams | map(.id) as $t | $t | length
      .incident.teams[1].id
      .incident.teams[.incident.incident_number]
      .incident["sta" + "tus"]
      .incident.priority.summary
      .incident.priority | values
      .incident.acknowledgements | if length > 0 then .[0].at else null end
      .scores | sort | .[0]
      .scores | add / length
      .scores | min, max
      .scores | map(. * 2) | add
      [.scores[] | select(. > 1)] | length
      .scores | to_entries | max_by(.value) | .key
      [range(0; .scores | length)]
      .scores | first, last, nth(1)
      [.scores | limit(2; .[])]
      .scores as [$a, $b, $c] | $a + $b + $c
      try error({a: .tags}) catch .a.env
      try (.scores | .x) catch "no"
      .scores.x?
      (.scores | .x)? // "none"
      .incident | tojson | fromjson | .id
      if .incident.urgency == "high" and (.tags.env == "prod") then 1 elif .incident.urgency then 2 else 3 end
      $ENV.HOME // "no home"
      env | length
      $__loc__.line
      empty
      null
      []
      {}
      [1, 2] | map(. + 1)
      getpath(["incident", "id"])
      path(.incident.id)
      to_entries | map(.key)
      with_entries(.value |= type)
      [.[]?.id?]
      map_values(type)
      pick(.incident.id)
      add(.scores[])
      .incident | del(.service, .teams) | keys
      .incident.status = "x" | .incident.id
      .scores[1:] = [9] | .scores
      .tags += {a: 1} | .tags.env
      .scores | flatten
      .incident.teams | map([.id]) | flatten
      """#)
}
