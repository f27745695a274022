import RawJSON
import Testing

@testable import JQ

@Suite("One compiled program")
struct MachineTests {
  /// Everything that `program` gives for `input`: values as JSON, an error as its message.
  private func outputs(_ machine: JQMachine, on input: String) throws -> [String] {
    machine.start(try value(input))
    defer { machine.stop() }
    var outputs: [String] = []
    while outputs.count < 100 {
      switch machine.next() {
      case .value(let value): outputs.append(value.json)
      case .failure(let message):
        outputs.append("error: " + message)
        return outputs
      case .nothing: return outputs
      }
    }
    return outputs
  }

  @Test(
    "values, errors and no output",
    arguments: [
      (".a", [#"{"b":1}"#]), (".a.b, .c", ["1", "null"]), ("empty", []), (".[]", [#"{"b":1}"#]),
      ("1, error(\"x\"), 2", ["1", "error: x"]), ("error({code: 3})", [#"error: {"code":3}"#]),
      ("\"a\" | error", ["error: a"]), ("try error(\"x\") catch .", ["\"x\""]),
      ("1, halt, 2", ["1"]),
    ])
  func outputs(_ program: String, _ expected: [String]) throws {
    let machine = try JQMachine(program)
    #expect(try outputs(machine, on: #"{"a":{"b":1}}"#) == expected)
  }

  @Test("a machine runs again after an error, after an end and in the middle of a run")
  func again() throws {
    let machine = try JQMachine("if . > 2 then error(\"big\") else ., . + 10 end")
    #expect(try outputs(machine, on: "1") == ["1", "11"])
    #expect(try outputs(machine, on: "3") == ["error: big"])
    machine.start(try value("1"))
    _ = machine.next()
    #expect(try outputs(machine, on: "2") == ["2", "12"])
  }

  @Test("a halt with a message ends one run, and the machine runs on")
  func haltAgain() throws {
    let machine = try JQMachine("if . == 1 then \"a message of some length\" | halt_error else . end")
    for _ in 0..<20 {
      #expect(try outputs(machine, on: "1") == [])
      #expect(try outputs(machine, on: "\"a text that takes memory\"") == ["\"a text that takes memory\""])
    }
  }

  @Test(
    "an expression that does not compile is refused with a clean message",
    arguments: [
      ".a |", "foo", ".a[", "$x", "1 +", "def f: 1;;", "if . then", "\"abc", "{a:}", "f(1;2)", "}",
    ])
  func compileErrors(_ program: String) throws {
    let error = try #require(throws: JQCompileError.self) { try JQMachine(program) }
    #expect(!error.message.isEmpty)
    for framing in ["jq:", "shell quoting", "<top-level>", "\n", "compile error"] {
      #expect(!error.message.contains(framing), "\(error.message)")
    }
  }

  @Test("a NUL character is refused, not taken for the end")
  func nul() {
    #expect(throws: JQCompileError.self) { try JQMachine(".a\u{0}.b") }
  }
}
