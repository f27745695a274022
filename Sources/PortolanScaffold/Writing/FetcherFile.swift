/// The `fetcher.yml` of a plan.
struct FetcherFile {
  private var lines = ConfigLines()
  private var hasSaidPaging = false

  /// The file's bytes.
  static func bytes(_ plan: IntegrationPlan) -> [UInt8] {
    var file = FetcherFile()
    file.write(plan)
    return file.lines.bytes
  }

  private mutating func write(_ plan: IntegrationPlan) {
    lines.comment(
      0,
      "How \(plan.name.title) is asked for its objects. What is between {{ and }} is jq; `config` holds what a user "
        + "sets, see spec.yml.")
    lines.add(0, "baseUrl: \"{{ config.baseUrl }}\"")
    if plan.access.isGuess {
      lines.comment(0, "A guess. Other ways to sign a request:")
      lines.example(
        0, "auth: {basic: {username: \"{{ config.username }}\", password: \"{{ config.token }}\"}}")
      lines.example(0, "auth: {header: {name: X-Api-Key, value: \"{{ config.token }}\"}}")
    }
    if let authentication = plan.access.authentication { lines.add(0, "auth: " + authentication) }
    lines.addGap()
    lines.add(0, "kinds:")
    for (place, kind) in plan.kinds.enumerated() {
      if place > 0 { lines.addGap() }
      write(kind, plan)
    }
  }

  private mutating func write(_ kind: KindPlan, _ plan: IntegrationPlan) {
    let request = kind.request
    lines.add(1, YAMLText.scalar(kind.kind) + ":")
    if let parent = request.parent { lines.entry(2, "parent", parent) }
    if request.isPathGuessed {
      lines.comment(2, "A guess, by the name of the sample's file.")
      writeParentHint(kind, plan)
      writeGraphQLHint(request)
    }
    lines.add(2, "get: " + Self.template(request.path))
    writeItems(request)
    writePaging(request)
  }

  /// A path with templates, in quotes where there are some: YAML takes braces for a mapping.
  private static func template(_ path: String) -> String {
    path.contains("{") ? YAMLText.doubleQuoted(path) : YAMLText.scalar(path)
  }

  private mutating func writeItems(_ request: KindRequest) {
    guard !request.items.isEmpty else { return }
    lines.comment(2, "Where the list is in an answer.")
    let path = JQText.path(request.items)
    lines.entry(2, "items", request.hasNodes ? path + " | map(.node)" : path)
  }

  private mutating func writePaging(_ request: KindRequest) {
    guard let paging = request.paging else {
      if request.isPathGuessed {
        writePagingHint()
      } else {
        lines.comment(2, "One page is read: nothing is said of others.")
      }
      return
    }
    if let doubt = paging.doubt {
      lines.comment(2, "Told by the answer; \(doubt).")
    } else if request.isPathGuessed {
      lines.comment(2, "Told by the answer.")
    }
    lines.add(2, "paging:")
    for entry in paging.entries {
      let isNumber = entry.value.allSatisfy(\.isNumber)
      lines.add(3, entry.key + ": " + (isNumber ? entry.value : YAMLText.scalar(entry.value)))
    }
  }

  /// What to write where the answer is one of GraphQL.
  private mutating func writeGraphQLHint(_ request: KindRequest) {
    guard request.items.first == "data", ["edges", "nodes"].contains(request.items.last) else { return }
    lines.comment(2, "The answer looks like GraphQL, which is asked by POST. In place of `get`:")
    lines.example(2, "post: /graphql")
    lines.example(2, "body: {query: \"query($after: String) { … }\", variables: {}}")
    lines.example(2, "paging: {cursor: …, parameter: variables.after, in: body}")
  }

  /// What to write where there are more pages.
  private mutating func writePagingHint() {
    lines.comment(
      2,
      "One page is read. If there are more, say how they are asked for\(hasSaidPaging ? ", as above." : ":")")
    guard !hasSaidPaging else { return }
    hasSaidPaging = true
    lines.example(2, "paging: {page: page, limit: per_page, size: 100}")
    lines.example(2, "paging: {offset: offset, limit: limit, size: 100}")
    lines.example(2, "paging: {cursor: .body.next_cursor, parameter: cursor}")
    lines.example(2, "paging: {next: .body.next}")
    lines.example(2, "paging: {link: next}")
  }

  /// What to write where the kind has to be asked for once for each object of another.
  private mutating func writeParentHint(_ kind: KindPlan, _ plan: IntegrationPlan) {
    guard let relation = kind.relations.first(where: { !$0.isMany && $0.kind != kind.kind }),
      let parent = plan.kinds.first(where: { $0.kind == relation.kind }), parent.identifier.path.count == 1
    else { return }
    let key = JQText.path(parent.identifier.path).dropFirst()
    lines.comment(2, "If it is asked for once for each \(Words(of: parent.kind).phrase):")
    lines.example(2, "parent: \(parent.kind)")
    lines.example(2, "get: \"\(parent.request.path)/{{ parent.\(key) }}\(kind.request.path)\"")
  }
}
