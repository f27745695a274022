import Benchmark
import Portolan
import RawJSON

/// What the mapping of the workload `jira` reads.
private let readPaths: [[String]] = [
  ["key"], ["self"], ["fields", "summary"], ["fields", "status", "name"], ["fields", "issuetype", "name"],
  ["fields", "components"], ["fields", "creator", "emailAddress"], ["fields", "priority", "name"],
  ["fields", "labels"], ["fields", "created"], ["fields", "updated"], ["fields", "resolutiondate"],
  ["fields", "project", "key"], ["fields", "parent", "key"], ["fields", "subtasks"],
  ["fields", "assignee", "accountId"], ["fields", "reporter", "accountId"],
]

let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    // Not the processor time: it is counted in ticks that are longer than most of these take.
    metrics: [.wallClock, .instructions], warmupIterations: 3, maxDuration: .seconds(5),
    // The quarter that nothing disturbed is steadier than the median on a machine that does other things.
    thresholds: [.wallClock: .init(relative: [.p25: 10]), .instructions: .init(relative: [.p25: 3])])
  addScannerBenchmarks()
  addEngineBenchmarks()
}

/// 1 MB of issues: checked, and searched for the paths of a mapping.
private func addScannerBenchmarks() {
  Benchmark("Scanner: check 100 issues") { benchmark, issues in
    for _ in benchmark.scaledIterations {
      for issue in issues { blackHole(try issue.withScanner { scanner in try scanner.checkDocument() }) }
    }
  } setup: {
    try Objects("issues", count: 100).lines
  }

  Benchmark("Scanner: find 17 paths in 100 issues") { benchmark, issues in
    let tree = PathTree(readPaths.map { keys in JSONPath(keys.map { .key($0) }) })
    var matches = PathMatches(tree)
    for _ in benchmark.scaledIterations {
      for issue in issues { try issue.withScanner { scanner in try scanner.find(tree, &matches) } }
    }
    blackHole(matches)
  } setup: {
    try Objects("issues", count: 100).lines
  }
}

/// The three workloads, and one object alone: what compiling a mapping and starting on it costs.
private func addEngineBenchmarks() {
  addEngineBenchmark("jira, 1 issue", "jira", kind: "issue", "issues", count: 1)
  addEngineBenchmark("jira, 5,000 issues", "jira", kind: "issue", "issues", count: 5_000)
  addEngineBenchmark("flat, 50,000 services", "flat", kind: "service", "services", count: 50_000)
  addEngineBenchmark("half, 1,000 issues", "half", kind: "issue", "issues", count: 1_000)
  Benchmark("Engine: one issue after another by a compiled mapping, as webhooks bring them") {
    (benchmark, webhook: (mapping: CompiledMapping, object: [UInt8])) in
    for _ in benchmark.scaledIterations {
      blackHole(webhook.mapping.map(object: webhook.object, kind: "issue").count)
    }
  } setup: {
    let objects = try Objects("issues", count: 1)
    let workload = try Workload("jira", kind: "issue", objects)
    return (workload.compiled, objects.text)
  }
}

private func addEngineBenchmark(
  _ title: String, _ workload: String, kind: String, _ objects: String, count: Int
) {
  Benchmark("Engine: \(title)") { benchmark, workload in
    for _ in benchmark.scaledIterations { blackHole(try await workload.map()) }
  } setup: {
    try Workload(workload, kind: kind, Objects(objects, count: count))
  }
}
