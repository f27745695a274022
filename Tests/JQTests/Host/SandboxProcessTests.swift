import Foundation
import Testing

@testable import JQ

/// What becomes of the processes that run expressions, and of the files between.
@Suite("The processes of the sandbox", .serialized)
struct SandboxProcessTests {
  private static let limits = JQLimits(timeout: .seconds(5), memory: 256 << 20)

  private func sandbox(_ program: String, _ limits: JQLimits = Self.limits) -> Sandbox {
    Sandbox(programs: [0: program], limits: limits)
  }

  @Test("many threads start processes of their own at once, and none keeps another's channel open")
  func manyThreads() async {
    let answers = await withTaskGroup(of: [Outcome].self) { group in
      for task in 0..<8 {
        group.addTask {
          let sandbox = Sandbox(programs: [task: ". + \(task)"], limits: Self.limits)
          return (0..<5).map { Outcome(sandbox.run(task, on: Array("\($0)".utf8))) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers.map { $0.map(\.description).joined(separator: " ") }).count == 8)
    #expect(answers.allSatisfy { $0.allSatisfy { !$0.isFailure } })
  }

  @Test("a child that stops is ended, and another one is asked")
  func silent() throws {
    let sandbox = sandbox(". + 1", JQLimits(timeout: .milliseconds(1), memory: 256 << 20))
    #expect(Outcome(sandbox.run(0, on: Array("1".utf8))) == .value("2"))
    let child = try #require(sandbox.process)
    kill(child, SIGSTOP)
    #expect(Outcome(sandbox.run(0, on: Array("2".utf8))) == .value("3"))
    #expect(sandbox.process != child)
    #expect(kill(child, 0) == -1)
  }

  @Test("an answer as large as may be comes back, a larger one is refused")
  func hugeAnswers() {
    let sandbox = Sandbox(
      programs: [0: #""x" * 60000000"#, 1: #""x" * 68000000"#],
      limits: JQLimits(timeout: .seconds(20), memory: 1 << 30))
    guard case .value(let text) = Outcome(sandbox.run(0, on: Array("1".utf8))) else {
      Issue.record("no value")
      return
    }
    #expect(text.utf8.count == 60_000_002)
    #expect(
      Outcome(sandbox.run(1, on: Array("1".utf8))) == .failure("the result is larger than 64 MB"))
  }

  @Test(
    "limits that make no sense trap nowhere",
    arguments: [
      JQLimits(timeout: .zero, memory: 256 << 20), JQLimits(timeout: .seconds(-1), memory: 256 << 20),
      JQLimits(timeout: .seconds(Int64.max), memory: .max), JQLimits(timeout: .seconds(1), memory: -1),
      JQLimits(timeout: .nanoseconds(1), memory: 0),
    ])
  func oddLimits(_ limits: JQLimits) {
    let outcome = Outcome(sandbox("[range(10)] | add", limits).run(0, on: Array("1".utf8)))
    #expect(outcome == .value("45") || outcome.description.hasPrefix("error: ended: it "), "\(outcome)")
  }

  @Test(
    "time limits are told as they were given",
    arguments: [
      (JQLimits(timeout: .seconds(1)), "1 s"), (JQLimits(timeout: .milliseconds(50)), "0.05 s"),
      (JQLimits(timeout: .milliseconds(12_500)), "12.5 s"), (JQLimits(timeout: .seconds(60)), "60 s"),
    ])
  func timeTexts(_ limits: JQLimits, _ text: String) {
    #expect(limits.timeText == text)
  }

  @Test("the child has no HOME and the parent's time zone, and nothing else of its environment")
  func variables() throws {
    setenv("PORTOLAN_TEST_SECRET", "hunter-2", 1)
    defer { unsetenv("PORTOLAN_TEST_SECRET") }
    let sandbox = sandbox("$ENV | keys | map(select(startswith(\"LD_\") or startswith(\"DYLD_\") | not))")
    var expected = ["SWIFT_BACKTRACE"]
    for name: String in ["TZ", "TZDIR"] where getenv(name) != nil { expected.append(name) }
    #expect(
      Outcome(sandbox.run(0, on: Array("1".utf8)))
        == .value("[" + expected.map { "\"\($0)\"" }.joined(separator: ",") + "]"))
  }

  @Test("local time is the same in the child as here")
  func timeZone() throws {
    let program = "strflocaltime(\"%H:%M %Z\")"
    let machine = try JQMachine(program)
    #expect(
      Outcome(sandbox(program).run(0, on: Array("1700000000".utf8)))
        == Outcome(machine.outcome(on: try value("1700000000"))))
  }

  @Test("compile errors come from the child, too")
  func compileErrors() {
    let sandbox = Sandbox(programs: [3: "nope", 5: ".a", 7: ".a\u{0}"], limits: Self.limits)
    #expect(sandbox.compileError(of: 3)?.message == "nope/0 is not defined")
    #expect(sandbox.compileError(of: 5) == nil)
    #expect(sandbox.compileError(of: 7)?.message == "the expression holds a NUL character")
    #expect(Outcome(sandbox.run(3, on: Array("1".utf8))) == .failure("nope/0 is not defined"))
  }

  @Test(
    "a death says what its cause was",
    arguments: [
      (SIGPROF, SandboxDeath.time), (SIGSEGV, .crash), (SIGBUS, .crash), (SIGKILL, .fromOutside),
      (SIGABRT, .other), (0, .other),
    ])
  func deaths(_ status: Int32, _ death: SandboxDeath) {
    #expect(SandboxDeath(status: status) == death)
  }

  #if os(Linux)
    @Test(
      "a child that is killed while it works, or writes its answer, costs nothing but another try",
      arguments: [0, 10, 40, 80])
    func killed(after milliseconds: UInt32) throws {
      let sandbox = Sandbox(
        programs: [0: #""x" * 4000000"#], limits: Self.limits)
      _ = Outcome(sandbox.run(0, on: Array("1".utf8)))
      let child = try #require(sandbox.process)
      let killer = Thread {
        usleep(milliseconds * 1000)
        kill(child, SIGKILL)
      }
      killer.start()
      guard case .value(let text) = Outcome(sandbox.run(0, on: Array("1".utf8))) else {
        Issue.record("no value")
        return
      }
      #expect(text.utf8.count == 4_000_002)
    }
  #endif
}

#if compiler(>=6.2)
  /// Each test is a process of its own, which may be as odd as it likes.
  @Suite("The sandbox in unusual processes")
  struct UnusualProcessTests {
    @Test("two hundred processes, one after the other, leave no file open and no process")
    func nothingLeft() async {
      await #expect(processExitsWith: .success) {
        let files = UnusualProcess.openFiles
        for item in 0..<200 {
          let outcome = UnusualProcess.run(". + 1", on: "\(item)")
          #expect(outcome == .value("\(item + 1)"))
        }
        // The test's own process may have opened one meanwhile.
        let openFiles = UnusualProcess.openFiles
        let children = Children.all
        #expect(
          openFiles < files + 10 && children.isEmpty, "\(openFiles) files, \(files) before; \(children)")
      }
    }

    @Test("where the signals of timers are blocked and ignored, time is limited all the same")
    func signals() async {
      await #expect(processExitsWith: .success) {
        var set = sigset_t()
        sigfillset(&set)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPROF, SIG_IGN)
        let outcome = UnusualProcess.run("def f: f; f")
        #expect(outcome == .failure("ended: it took longer than its time limit of 0.2 s"))
      }
    }

    @Test("where nobody waits for children, an ended expression is told of as well")
    func ignoredChildren() async {
      await #expect(processExitsWith: .success) {
        signal(SIGCHLD, SIG_IGN)
        let outcome = UnusualProcess.run("def f: f; f")
        #expect(
          outcome.description.hasPrefix("error: ended: it took longer than its time limit of 0.2 s, or"))
        #expect(UnusualProcess.run(". + 1") == .value("2"))
      }
    }

    @Test("where the standard input is closed, the channel does not take its place")
    func closedInput() async {
      await #expect(processExitsWith: .success) {
        close(0)
        #expect(UnusualProcess.run(". + 1") == .value("2"))
      }
    }

    @Test("where no file can be opened any more, the message says so, and later it works again")
    func noFiles() async {
      await #expect(processExitsWith: .success) {
        let sandbox = Sandbox(programs: [0: ". + 1"], limits: UnusualProcess.limits)
        var taken: [Int32] = []
        while true {
          let file = dup(2)
          if file < 0 { break }
          taken.append(file)
        }
        let failed = Outcome(sandbox.run(0, on: Array("1".utf8)))
        #expect(failed.description.hasPrefix("error: not run: no process could be started for it ("))
        for file in taken { close(file) }
        let outcome = Outcome(sandbox.run(0, on: Array("1".utf8)))
        #expect(outcome == .value("2"))
      }
    }
  }

  private enum UnusualProcess {
    static let limits = JQLimits(timeout: .milliseconds(200), memory: 256 << 20)

    static func run(_ program: String, on json: String = "1") -> Outcome {
      Outcome(Sandbox(programs: [0: program], limits: limits).run(0, on: Array(json.utf8)))
    }

    static var openFiles: Int {
      (0..<1024).filter { fcntl($0, F_GETFD) >= 0 }.count
    }
  }
#endif

@Suite("The program that runs expressions")
struct SandboxProgramTests {
  @Test("it is looked for beside the program that runs")
  func beside() throws {
    let first = try #require(SandboxProgram.candidates.first)
    #expect(first.path.hasSuffix("/portolan"))
    #expect(!first.path.hasPrefix("/usr"))
  }

  @Test("a program that does not serve, or is of another version, is refused, and the message says which")
  func refusals() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "portolan-program-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func program(_ name: String, _ text: String) throws -> SandboxProgram {
      let file = folder.appending(path: name)
      try Data("#!/bin/bash\n\(text)\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
      return SandboxProgram(path: file.path)
    }
    func refusal(_ program: SandboxProgram) -> SandboxRefusal? {
      // A process that another test starts may have the file still open for writing.
      for _ in 0..<100 {
        let refusal = start(program)
        guard refusal == .system(ETXTBSY) else { return refusal }
        usleep(10_000)
      }
      return .system(ETXTBSY)
    }
    func start(_ program: SandboxProgram) -> SandboxRefusal? {
      do throws(SandboxRefusal) {
        _ = try SandboxWorker.start([:], limits: JQLimits(), on: [program])
        return nil
      } catch {
        return error
      }
    }
    let silent = try program("old", "exit 2")
    #expect(refusal(silent) == .noGreeting(silent.path))
    let killed = try program("killed", "kill -9 $$")
    #expect(refusal(killed) == .silence)
    let chatty = try program("chatty", "printf 'USAGE: something else' >&3")
    #expect(refusal(chatty) == .noGreeting(chatty.path))
    let greeting = "portolan sandbox 0 with libjq 1.5"
    let stale = try program("stale", #"printf '\x21\0\0\0g\0\0\0\0\#(greeting)' >&3; read -u 3"#)
    #expect(refusal(stale) == .otherVersion(stale.path, greeting))
    #expect(SandboxRefusal.otherVersion(stale.path, greeting).message.contains(greeting))
    #expect(refusal(SandboxProgram(path: folder.path + "/none")) == .system(ENOENT))
  }

  @Test("the first program that serves is taken")
  func fallsBack() throws {
    let real = try #require(SandboxProgram.candidates.first)
    let worker = try SandboxWorker.start(
      [1: ". + 1"], limits: JQLimits(), on: [SandboxProgram(path: "/bin/false"), real])
    guard case .answer(let answer) = worker.ask(SandboxMessage(.run, 1, Array("1".utf8))) else {
      Issue.record("no answer")
      return
    }
    #expect(answer.body == Array("2".utf8))
  }

  @Test("without any program, the message says what to do")
  func none() {
    #expect(throws: SandboxRefusal.noProgram) { try SandboxWorker.start([:], limits: JQLimits(), on: []) }
    #expect(SandboxRefusal.noProgram.message.contains("SandboxHost.serveIfAsked()"))
  }
}
