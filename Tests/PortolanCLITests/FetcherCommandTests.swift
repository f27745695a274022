import Foundation
import TestSupport
import Testing

@Suite("portolan and fetcher.yml")
struct FetcherCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", "resources: []")
    try folder.write(
      ".port/acme/fetcher.yml",
      #"""
      baseUrl: "{{ config.host }}"
      auth:
        when: config.token != null
        basic: {username: "{{ config.user }}", password: "{{ config.token }}"}
      headers: {Accept: application/json}
      kinds:
        board:
          selector:
            type: {type: string, values: [scrum, kanban]}
          get: /boards
          query: {type: "{{ selector.type }}"}
          items: .values
        sprint:
          description: Sprints of each board
          parent: {kind: board, selector: {type: scrum}, when: '.open'}
          selector:
            state: {type: list, default: [active], description: Which sprints.}
            size: {type: integer, required: true}
          post: /boards/{{ parent.id }}/search
          body: {states: "{{ selector.state }}", page: {size: "{{ selector.size }}", total: true}}
          items: .values
          paging: {cursor: .body.next, parameter: page.token, in: body, until: .body.isLast}
          none: .status == 404
          add: {__board: parent.id}
          join:
            __goals:
              when: .hasGoals
              get: /sprints/{{ .id }}/goals
              paging: {link: next}
      """#)
  }

  @Test("a kind's requests for a person, where each value comes from, and what it needs first")
  func explain() throws {
    let result = try Command.run(["explain", "sprint", "--fetch"], in: folder.path)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(
      result.output == #"""
        acme sprint  Sprints of each board
          fetcher  .port/acme/fetcher.yml:13:3

          POST {{ config.host }}/boards/{{ parent.id }}/search
            header  Accept      application/json
            body    states      {{ selector.state }}  setting, default ["active"]
            body    page.size   {{ selector.size }}   setting, required
            body    page.total  true
            objects    .values
            pages      `page.token` in the body is `.body.next` of the last answer, which is null on the last page
                       the last page is where `.body.isLast` holds
            none if    .status == 404
            once for   each board with type scrum, where .open
            signed by  basic, with config.user and config.token, when config.token != null

          board  GET {{ config.host }}/boards

          adds
            __board  parent.id

          joins  __goals  when .hasGoals
            GET {{ config.host }}/sprints/{{ .id }}/goals
              header  Accept  application/json
              objects  the body
              pages    the next page is the `next` of the header Link

          selector
            state  list     default ["active"]  Which sprints.
            size   integer  required

        """#)
  }

  @Test("the same as JSON")
  func json() throws {
    let result = try Command.run(["explain", "sprint", "--fetch", "--format", "json"], in: folder.path)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: [[String: Any]]])
    let kind = try #require(document["kinds"]?.first)
    #expect(kind["request"] as? String == "POST {{ config.host }}/boards/{{ parent.id }}/search")
    #expect((kind["parameters"] as? [[String: Any]])?.count == 4)
    #expect(
      (kind["selector"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == ["state", "size"])
    #expect((kind["parents"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } == ["board"])
    #expect((kind["join"] as? [[String: Any]])?.compactMap { $0["when"] as? String } == [".hasGoals"])
  }

  @Test("what events are about, for a person and for programs")
  func events() throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/acme/resources/port-app-config.yml", "resources: []")
    try folder.write(
      ".port/acme/fetcher.yml",
      """
      baseUrl: https://api.example.com
      events: {verify: github}
      kinds:
        sprint:
          get: /sprints
          event: {objects: .body.sprint, key: .id, deleted: event.body.gone, get: "/sprints/{{ .id }}", keep: .open}
      """)
    let result = try Command.run(["explain", "sprint", "--fetch"], in: folder.path)
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(
      result.output.hasSuffix(
        """
          events
            objects  .body.sprint
            key      .id
            gone if  event.body.gone
            kept if  .open
            GET https://api.example.com/sprints/{{ .id }}
              objects  the body
              pages    one page

        """), "\(result.output)")
    let json = try Command.run(["explain", "sprint", "--fetch", "--format", "json"], in: folder.path)
    #expect(json.output.contains(#""deleted": "event.body.gone""#), "\(json.output)")
  }

  @Test("a kind that is not there, and a folder without a fetcher")
  func missing() throws {
    let unknown = try Command.run(["explain", "sprnt", "--fetch"], in: folder.path)
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("no fetcher.yml says how to fetch the kind `sprnt`"))
    #expect(unknown.errors.contains("did you mean `sprint`?"))
    let other = try TemporaryFolder()
    try other.write(".port/acme/resources/port-app-config.yml", "resources: []")
    let none = try Command.run(["explain", "sprint", "--fetch"], in: other.path)
    #expect(none.status == 2)
    #expect(none.errors.contains(".port/acme/fetcher.yml"))
    let mixed = try Command.run(["explain", "sprint", "--fetch", "--item", "1"], in: folder.path)
    #expect(mixed.status == 2 && mixed.errors.contains("--fetch shows no object"))
  }

  @Test("lint reads an integration's fetcher.yml, or one that is named")
  func lint() throws {
    let clean = try Command.run(["lint"], in: folder.path)
    #expect(clean.output == "2 files: nothing wrong was found\n")
    let path = try folder.write(".port/acme/fetcher.yml", "baseUrl: x\nkinds: {a: {get: /a, itms: .x}}")
    for arguments in [["lint"], ["lint", "acme"], ["lint", path]] {
      let result = try Command.run(arguments, in: folder.path)
      #expect(result.output.contains("fetcher.yml:2:22: warning: a kind has no key `itms`"))
    }
  }

  @Test("schema --for fetcher is the schema of a fetcher.yml")
  func schema() throws {
    let result = try Command.run(["schema", "--for", "fetcher"], in: folder.path)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(document["title"] as? String == "fetcher.yml")
    let named = try Command.run(["schema", "acme", "--for", "fetcher"], in: folder.path)
    #expect(named.status == 2 && named.errors.contains("name none"))
  }
}
