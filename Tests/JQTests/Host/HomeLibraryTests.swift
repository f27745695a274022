import Foundation
import Testing

@testable import JQ

#if compiler(>=6.2)
  /// Each test is a process of its own, whose environment is as the test wants it.
  @Suite("The user's own definitions")
  struct HomeLibraryTests {
    @Test("definitions in the user's ~/.jq are not read, and the environment is as it was")
    func file() async {
      await #expect(processExitsWith: .success) {
        try Home.with([".jq": "def from_home: 42; def map(f): \"replaced\";"]) { home in
          let outcomes = try run(["from_home", "map(. + 1)", ".[0]", "halt"], on: "[1]")
          #expect(outcomes == [.failure("from_home/0 is not defined"), .value("[2]"), .value("1"), .nothing])
          #expect(JQExpression("from_home").compileError()?.message == "from_home/0 is not defined")
          #expect(JQExpression(".a | map(.)").compileError() == nil)
          #expect(getenv("HOME").map { String(cString: $0) } == home)
        }
      }
    }

    @Test("nor is ~/jq/main.jq, which libjq 1.8 reads where there is no ~/.jq")
    func folder() async {
      await #expect(processExitsWith: .success) {
        try Home.with(["jq/main.jq": "def from_home: 42;"]) { _ in
          let outcome = try run("from_home")
          #expect(outcome == .failure("from_home/0 is not defined"))
        }
      }
    }

    @Test("a HOME that is no absolute path is not shown to libjq, which 1.8 would not survive")
    func oddHome() async {
      await #expect(processExitsWith: .success) {
        for home in ["$ORIGIN/x", "~/x", "x"] {
          setenv("HOME", home, 1)
          #expect(HomeLibrary.isRead)
          let outcome = try run("[1] | map(. + 1)")
          #expect(outcome == .value("[2]"))
        }
      }
    }

    @Test("a program that hides them at its start needs no other process")
    func hidden() async {
      await #expect(processExitsWith: .success) {
        try Home.with([".jq": "def from_home: 42;"]) { _ in
          SandboxHost.hideHomeLibrary()
          let batch = JQBatch(
            [JQExpression("from_home"), JQExpression(". + 1")], environment: JQEnvironment())
          let found = try outcomes(of: batch, 2, on: "1")
          #expect(found == [.failure("from_home/0 is not defined"), .value("2")])
          #expect(batch.sandboxProcess == nil)
        }
      }
    }

    @Test("without such a file, and without HOME, everything is as usual")
    func none() async {
      await #expect(processExitsWith: .success) {
        try Home.with([:]) { home in
          #expect(!HomeLibrary.isRead)
          SandboxHost.hideHomeLibrary()
          #expect(getenv("HOME").map { String(cString: $0) } == home)
        }
        unsetenv("HOME")
        #expect(!HomeLibrary.isRead)
        let machine = try JQMachine("[1] | map(. + 1)")
        let outcome = Outcome(machine.outcome(on: try value("1")))
        #expect(outcome == .value("[2]"))
      }
    }
  }

  private enum Home {
    /// Sets `HOME` to a folder with these files.
    static func with(_ files: [String: String], _ body: (String) throws -> Void) throws {
      let home = FileManager.default.temporaryDirectory.appending(path: "portolan-home-\(UUID().uuidString)")
      for (name, text) in files {
        let file = home.appending(path: name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      defer { try? FileManager.default.removeItem(at: home) }
      setenv("HOME", home.path, 1)
      try body(home.path)
    }
  }
#endif
