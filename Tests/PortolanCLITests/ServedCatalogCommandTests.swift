import Foundation
import TestSupport
import Testing

@Suite("portolan catalog serve, and Ctrl-C while a sync writes")
struct ServedCatalogCommandTests {
  private let here: FixtureCatalog

  init() throws { here = try FixtureCatalog() }

  /// Runs `script` beside a served catalog, then ends the server. `wait_for TEXT FILE` waits for output.
  private func serving(_ script: String, file: String = "served.db") async throws -> Command.Result {
    try await Command.shellAside(
      #"""
      wait_for() {
        for _ in $(seq 400); do
          if grep -q -- "$1" "$2" 2>/dev/null; then return 0; fi
          sleep 0.05
        done
        echo "never saw: $1"
      }
      "$PORTOLAN" catalog serve \#(file) --port 0 --verbose > served 2> requests &
      server=$!
      wait_for "CLIENT_SECRET" served
      export OCEAN__PORT__BASE_URL=$(sed -n 's/.*BASE_URL=//p' served)
      \#(script)
      kill -CONT $server
      kill -TERM $server
      wait $server
      echo "server $?"
      """#, in: here.folder.path,
      environment: [
        "OCEAN__PORT__CLIENT_ID": "an-id", "OCEAN__PORT__CLIENT_SECRET": "a-s3cret-of-mine",
        "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1",
      ])
  }

  @Test("it answers on a free port and ends with status 0; what was written through it has no origin")
  func serve() async throws {
    let result = try await serving(
      #"""
      "$PORTOLAN" sync octopus --to port > output 2> errors
      echo "sync $?"
      "$PORTOLAN" plan octopus --to port
      "$PORTOLAN" catalog show octopusMachine/Machines-202 --catalog served.db
      "$PORTOLAN" explain --entity octopusMachine/Machines-202 --catalog served.db 2>&1
      cat served requests
      """#)
    #expect(!result.output.contains("never saw"), "\(result.output)")
    #expect(result.output.contains("sync 0\n") && result.output.hasSuffix("server 0\n"), "\(result.output)")
    #expect(result.output.contains("\nnothing to do: 48 entities are as the mapping says\n"))
    #expect(result.output.contains("serving ./served.db at http://127.0.0.1:"))
    #expect(!result.output.contains("a-s3cret-of-mine"))
    #expect(result.output.contains("\nPOST /v1/auth/access_token 200 "))
    #expect(
      result.output.contains("octopusMachine/Machines-202  booking-api-02\n  written by  octopus/my-octopus"))
    #expect(
      result.output.contains("no mapping made octopusMachine/Machines-202: it was written by octopus/my-o"))
  }

  @Test(
    "without a file it serves the catalog of the integration that is here, and makes it; --catalog names another"
  )
  func whose() async throws {
    let several = try here.run("catalog", "serve")
    #expect(several.status == 2 && several.errors.contains("several integrations are here"))
    #expect(try here.run("catalog", "serve", "a.db", "--catalog", "b.db").status == 2)
    let named = try await serving("cat served", file: "--catalog named.db")
    #expect(named.output.contains("serving ./named.db at http://127.0.0.1:"), "\(named.output)")
    try FileManager.default.removeItem(atPath: "\(here.folder.path)/.port/jira")
    let own = try await serving(
      #"""
      "$PORTOLAN" sync --to port > output 2> errors
      echo "sync $?"
      "$PORTOLAN" plan
      cat served
      cat .port/.catalog/.gitignore
      """#, file: "")
    #expect(
      own.output.contains("sync 0\nnothing to do: 48 entities are as the mapping says\n"), "\(own.output)")
    #expect(own.output.contains("serving .port/.catalog/octopus.db at http://"), "\(own.output)")
    #expect(own.output.hasSuffix("\n*\nserver 0\n"), "\(own.output)")
  }

  @Test("a port that is taken is an error that says so")
  func taken() async throws {
    let result = try await serving(
      #"""
      "$PORTOLAN" catalog serve other.db --port "${OCEAN__PORT__BASE_URL##*:}" 2>&1
      echo "second $?"
      """#)
    #expect(result.output.contains("second 2\nserver 0\n") && result.output.contains("choose another port"))
  }

  /// Begins a sync of some thousand entities, stops the server among its writes, and does `script` with the sync.
  private func interrupting(_ script: String) async throws -> String {
    try here.editMachines { machines in
      (0..<3000).map { number in
        var machine = machines[0]
        machine["Id"] = "Machines-\(10_000 + number)"
        return machine
      }
    }
    let result = try await serving(
      #"""
      "$PORTOLAN" sync octopus --to port > output 2> errors &
      sync=$!
      wait_for "octopusMachine/entities/bulk" requests
      kill -STOP $server
      kill -INT $sync
      wait_for "again ends at once" errors
      \#(script)
      wait $sync
      echo "sync $?"
      cat output errors
      """#)
    #expect(!result.output.contains("never saw"), "\(result.output)")
    #expect(result.output.contains("server 0\n"))
    return result.output
  }

  @Test("one Ctrl-C ends a sync after what is under way, with a report of what is left")
  func once() async throws {
    let output = try await interrupting("kill -CONT $server")
    #expect(output.contains("sync 1\n"), "\(output)")
    #expect(output.contains("stopping after what is under way. Ctrl-C again ends at once.\n"))
    #expect(output.contains("\nstopped:  ") && output.contains("run it again: it goes on"), "\(output)")
  }

  @Test("a second Ctrl-C ends it at once, while the server says nothing")
  func twice() async throws {
    let output = try await interrupting("kill -INT $sync")
    #expect(output.contains("sync 1\n") && !output.contains("run it again"), "\(output)")
  }
}
