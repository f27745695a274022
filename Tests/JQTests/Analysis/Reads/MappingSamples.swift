/// Expressions as mappings have them, and an object as an API sends it.
struct MappingSamples {
  /// JSON.
  let input: String
  /// jq, one expression a line.
  let expressions: String

  static var all: [ReadSample] {
    [issue, pullRequest, incident, workload, errors].flatMap(\.samples)
  }

  private var samples: [ReadSample] {
    expressions.split(separator: "\n").compactMap { text in
      ReadSample(String(text), inputs: [JSONTree(input)].compactMap { $0 })
    }
  }
}
