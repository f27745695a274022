extension MappingSamples {
  /// A Kubernetes workload, and expressions on it: as mappings have them, with functions of their own,
  /// and with errors that show values.
  static let workload = MappingSamples(
    input: #"""
      {"metadata": {"name": "web", "namespace": "shop", "labels": {"app.kubernetes.io/name": "web",
      "team": "core"}, "annotations": null, "creationTimestamp": "2024-01-01T00:00:00Z"},
      "spec": {"replicas": 3, "template": {"spec": {"containers": [{"name": "c", "image": "r.io/web:1.2",
      "resources": {"limits": {"cpu": "1"}}, "env": [{"name": "A", "value": "1"}]}, {"name": "side",
      "image": "r.io/proxy@sha256:ab"}]}}}, "status": {"conditions": [{"type": "Available",
      "status": "True"}, {"type": "Progressing", "status": "False"}], "readyReplicas": 3}}
      """#,
    expressions: #"""
      .metadata.name + "-" + .metadata.namespace
      .metadata.labels["app.kubernetes.io/name"]
      .metadata.labels."app.kubernetes.io/name" // .metadata.name
      [.spec.template.spec.containers[].image]
      .spec.template.spec.containers | map({name, image})
      .spec.template.spec.containers | map({name, image, resources})
      [.spec.template.spec.containers[] | .image | split(":")[1]]
      .spec.template.spec.containers | any(has("resources") | not)
      [.spec.template.spec.containers[] | select(.resources.limits.cpu == null)] | length == 0
      [.spec.template.spec.containers[] | .env[]? | select(.name == "A") | .value] | first
      (.status.conditions // []) | map(select(.type == "Available"))[0].status == "True"
      .status.conditions[] | select(.type == "Available") | .status
      .spec.replicas == .status.readyReplicas
      if .spec.replicas == .status.readyReplicas then "Healthy" else "Unhealthy" end
      .metadata.annotations // {} | .owner
      .metadata.annotations | .owner?
      [.metadata.labels | to_entries[] | select(.value == "core") | .key]
      .metadata.labels | to_entries | map("\(.key)=\(.value)")
      . as $o | .spec.template.spec.containers | map(.name + "@" + $o.metadata.name)
      .metadata | {name, namespace} | .name
      .metadata | [.name, .namespace] | join("/")
      [.spec.template.spec.containers[] | select(.image | contains("proxy") or startswith("x")) | .name]
      .spec.template.spec.containers | map(.resources.limits // {} | keys) | add
      [.spec | .. | objects | .image? // empty]
      .spec.template.spec.containers | map(del(.env)) | map(.name)
      [.spec.template.spec.containers[] as {$name, $image} | {$name, $image}]
      .status.conditions as [{type: $t, status: $s}] | {($t): $s}
      .status.conditions | map({(.type): .status}) | add | .Available
      .status.conditions | reduce .[] as $c ({}; .[$c.type] = $c.status)
      .status.conditions | map(select(.status == "False").type) | if length == 0 then null else . end
      reduce .metadata as $m (.; .spec) | .replicas
      reduce (1, 2, 3) as $i (.; .spec // .) | .template
      foreach (1, 2) as $i (.; .spec; .replicas)
      [.metadata, .status] | map(.name)
      [[.metadata.name], [.status]] | .[0][0]
      [.metadata, .spec][1].replicas
      toarray | .[0].metadata.name
      . as [$a] ?// {metadata: $a} | $a.name
      . as {metadata: {$name}, $spec} | $name, $spec.replicas
      . as {("meta" + "data"): $m} | $m.name
      . as {"metadata": {$labels: {$team}}} | $team, $labels
      limit(3; .spec.template.spec.containers[].name)
      isempty(.status.conditions[] | select(.status == "Unknown"))
      first(.spec.template.spec.containers[])
      last(.spec.template.spec.containers[].name)
      nth(1; .spec.template.spec.containers[].name)
      [.spec.template.spec.containers[].name | ascii_upcase | {n: .}] | map(.n)
      [.status.conditions[]] | sort_by(.type) | reverse | map(.status)
      .metadata.creationTimestamp | fromdate | todate
      .metadata.creationTimestamp | strptime("%Y-%m-%dT%H:%M:%SZ") | mktime
      path($__loc__)?
      . as $r | try path($r | .metadata) catch .
      try path(.metadata | tojson) catch .
      . as $r | try (.status |= ($r | .spec | .replicas)) catch .
      try ([.spec] | implode) catch "x"
      .spec - 1
      try (.spec + .metadata.name) catch .
      try (.spec | test("x")) catch .
      try (.spec | sort_by(.x)) catch .
      try (.spec | .[0]) catch .
      try (.spec | has(0)) catch .
      try ({(.spec | tojson): 1} | keys) catch .
      try ({(.spec): 1}) catch .
      try error(.metadata) catch .name
      try (.metadata | error) catch .namespace
      try error catch .metadata.name
      try (.spec | join(",")) catch .
      try (.spec | .[1:2]) catch .
      try (.spec | ltrimstr("a") | length) catch .
      def image: .image | split(":")[0]; [.spec.template.spec.containers[] | image]
      def containers: .spec.template.spec.containers; containers | map(.name)
      def get(f): f | .name; get(.metadata)
      def pick2($a; $b): [$a, $b]; pick2(.metadata.name; .spec.replicas)
      def twice(f): f | f; .spec | twice(.template // .spec) | .containers[0].name
      def both(f; g): [f, g]; both(.metadata.name; .status.readyReplicas)
      def named($n): map(select(.name == $n)); .spec.template.spec.containers | named("c") | .[0].image
      def f: def g: .name; .metadata | g; f
      def f($x): x | .name; f(.metadata)
      def f(x): x as $y | $y.name; f(.metadata)
      def select(f): .spec; select(.metadata) | .replicas
      def map(f): f; map(.metadata).name
      def f: .metadata; def f: .spec; f | .replicas
      def f: .name; def g: f; def f: .spec; .metadata | g
      def p(f): try path(f) catch .; . as $r | p($r | .metadata)
      def deep: if type == "object" then .metadata else . end; deep | .name
      def when(c; a; b): if c then a else b end; when(.metadata.labels.team; .spec.replicas; .status)
      def loop(n; f): f; loop(1; .metadata) | .name
      """#)
}
