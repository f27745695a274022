import Foundation
import TestSupport
import Testing

@Suite("portolan and the processes that it starts for expressions")
struct SandboxCommandTests {
  /// A folder whose config has the expressions as properties, and one object to map.
  private func folder(_ expressions: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let properties = expressions.sorted { $0.key < $1.key }.map { "            \($0.key): '\($0.value)'\n" }
    try folder.write(
      "config.yml",
      """
      resources:
        - kind: thing
          selector: {query: "true"}
          port:
            entity:
              mappings:
                identifier: .id
                blueprint: '"thing"'
                properties:
      \(properties.joined())
      """)
    try folder.write("objects.ndjson", #"{"id":"a","n":3}"# + "\n")
    return folder
  }

  private func map(_ folder: TemporaryFolder, _ arguments: String, _ variables: String = "") throws
    -> Command.Result
  {
    try Command.shell(
      "\(variables) \"$PORTOLAN\" map --config config.yml --kind thing \(arguments) <objects.ndjson",
      in: folder.path)
  }

  @Test("an expression that may not end gets its value, and one that does not end is ended")
  func expressions() throws {
    let folder = try folder(["list": "[range(.n)]", "never": "def f: f; f"])
    let result = try map(folder, "--timeout 0.2")
    #expect(result.output.contains(#""list":[0,1,2]"#), "\(result)")
    #expect(result.errors.contains("ended: it took longer than its time limit of 0.2 s"), "\(result)")
  }

  @Test(
    "an expression that was ended is not evaluated again to tell why",
    arguments: [
      (".n", "true", ".id", "[range(1e12)] | length"), (".n", "([range(1e12)] | length) > 1", ".id", ".n"),
      (".n", "true", "[range(1e12)] | length | tostring", ".n"), ("[range(1e12)]", "true", ".id", ".n"),
    ])
  func once(items: String, query: String, identifier: String, property: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("fixtures/thing.json", #"{"id": "a", "n": [1]}"#)
    try folder.write(
      "config.yml",
      """
      resources:
        - kind: thing
          selector: {query: '\(query)'}
          port:
            itemsToParse: '\(items)'
            entity:
              mappings:
                identifier: '\(identifier)'
                blueprint: '"thing"'
                properties: {p: '\(property)'}
      """)
    let result = try Command.run(
      ["dry-run", "--config", "config.yml", "--fixtures", "fixtures", "--timeout", "0.5"], in: folder.path)
    let errors = result.errors
    #expect(errors.contains("ended: it took longer than its time limit of 0.5 s"), "\(errors)")
    #expect(errors.contains("→ let it go through less, or allow it more time"), "\(errors)")
    // It would be known on which object it failed first.
    #expect(!errors.contains("first in the object"), "\(errors)")
  }

  @Test(
    "the user's ~/.jq changes nothing, and --allow-env HOME shows the HOME that portolan was started with")
  func homeLibrary() throws {
    let folder = try folder([
      "all": "[range(.n)] | map(. + 1)", "here": "[.n] | map(. + 1)", "home": "$ENV.HOME",
    ])
    try folder.write("home/.jq", #"def map(f): "replaced";"#)
    let home = folder.path + "/home"
    let result = try map(folder, "--allow-env HOME", "HOME=\(home)")
    #expect(result.output.contains(#""all":[1,2,3]"#), "\(result)")
    #expect(result.output.contains(#""here":[4]"#), "\(result)")
    #expect(result.output.contains("\"home\":\"\(home)\""), "\(result)")
  }

  @Test("what asks for service by hand is told that there is no such argument")
  func byHand() throws {
    let result = try Command.run(["--serve-portolan-sandbox"], in: "/")
    #expect(result.status == 2)
    #expect(result.errors.contains("--serve-portolan-sandbox"))
  }

  #if os(Linux)
    @Test(
      "when portolan is killed, the processes that it has started end, whatever they are at",
      arguments: [
        "[range(.n)]", "def f: f; f",
      ])
    func orphans(_ expression: String) throws {
      let folder = try folder(["value": expression])
      let result = try Command.shell(
        """
        yes '{"id":"a","n":3}' | "$PORTOLAN" map --config config.yml --kind thing --timeout 600 >out 2>errors &
        portolan=$!
        for try in $(seq 300); do
          child=$(grep -l "^PPid:[[:space:]]*$portolan$" /proc/[0-9]*/status 2>/dev/null | head -n 1 | cut -d/ -f3)
          [ -n "$child" ] && grep -q portolan-sandbox /proc/$child/cmdline && break
          sleep 0.1
        done
        [ -n "$child" ] || { echo "no child"; exit 1; }
        tr '\\0' ' ' </proc/$child/cmdline
        sleep 0.5
        kill -KILL $portolan
        for try in $(seq 100); do
          [ -e /proc/$child ] || { echo gone; exit 0; }
          grep -q '^State:.*Z' /proc/$child/status && { echo gone; exit 0; }
          sleep 0.1
        done
        echo "still there"
        """, in: folder.path)
      #expect(result.output == "portolan --serve-portolan-sandbox gone\n", "\(result)")
    }
  #endif
}
