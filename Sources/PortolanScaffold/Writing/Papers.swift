/// README.md and CHANGELOG.md of a plan.
enum Papers {
  static func readme(_ plan: IntegrationPlan, isStarter: Bool) -> [UInt8] {
    let name = plan.name.text
    let kinds = plan.kinds.map { "`\($0.kind)`" }.joined(separator: ", ")
    let next = isStarter ? starterSteps(name) : steps(plan)
    let text = """
      # \(plan.name.title)

      \(isStarter ? "A first kind, `item`, with two made-up objects: put an API's own in their place."
        : "Maps \(kinds) of \(plan.name.title) to a catalog.")

      | file | holds |
      |---|---|
      | `.port/\(name)/resources/port-app-config.yml` | the mapping: which entity comes of which object |
      | `.port/\(name)/resources/blueprints.json` | what an entity may have |
      | `.port/\(name)/fetcher.yml` | how the API is asked |
      | `.port/\(name)/spec.yml` | the kinds, and what a user sets |
      | `Fixtures/\(name)/` | raw objects, to try the mapping on |

      ## Try it

      ```sh
      portolan dry-run \(name)    # the entities that the fixtures make
      portolan lint \(name)       # what is wrong in the mapping, without data
      portolan explain \(plan.kinds.first?.kind ?? "item") --integration \(name)    # one object, step by step
      ```

      ## What is next

      \(next)

      """
    return Array(text.utf8)
  }

  private static func starterSteps(_ name: String) -> String {
    """
    1. Save an answer of your API, for example as `projects.json`, and begin again from it:
       `portolan new NAME --from projects.json users.json`. Everything is inferred from the objects in it.
    2. Or begin from the API's OpenAPI description: `portolan new NAME --openapi openapi.json`.
    3. Or edit `Fixtures/\(name)/item.json`, the blueprint and the mapping by hand, with
       `portolan dry-run \(name) --watch` in a terminal beside it.
    """
  }

  private static func steps(_ plan: IntegrationPlan) -> String {
    let name = plan.name.text
    let variables = plan.access.settings.map { "`\(variable($0.name))`" }.joined(separator: ", ")
    return """
      1. Read `.port/\(name)/resources/port-app-config.yml` from top to bottom, and take out what nobody will look at.
      2. Read `.port/\(name)/fetcher.yml`: what is a guess is marked so.
      3. Set \(variables) in the environment or a `.env` file, and map what the API gives now:
         `portolan dry-run \(name) --live`. `portolan fetch \(name)` keeps it as fixtures.
      4. `portolan test \(name) --update` keeps the entities as they should be; from then on `portolan test` says what a
         change of the mapping changes.

      Look through `Fixtures/\(name)` before you commit it: what is private does not belong there.
      """
  }

  /// The environment variable that sets `name`: `OCEAN__INTEGRATION__CONFIG__BASE_URL`.
  private static func variable(_ name: String) -> String {
    "OCEAN__INTEGRATION__CONFIG__" + Words(of: name).all.joined(separator: "_").uppercased()
  }

  static func changelog(_ plan: IntegrationPlan) -> [UInt8] {
    let text = """
      # Changelog

      The format is that of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/), and the versions follow
      [Semantic Versioning](https://semver.org/).

      ## [Unreleased]

      ### Added

      - \(plan.name.title): mapping, blueprints and fixtures for \(plan.kinds.map { "`\($0.kind)`" }.joined(separator: ", ")).

      """
    return Array(text.utf8)
  }
}
