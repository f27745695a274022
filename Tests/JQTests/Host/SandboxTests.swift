import Foundation
import Testing

@testable import JQ

@Suite("Expressions in a process of their own", .serialized)
struct SandboxTests {
  static let environment = JQEnvironment(
    variables: ["NAME": "here"], limits: JQLimits(timeout: .seconds(5), memory: 256 << 20))

  /// What makes the judge send an expression to the sandbox, and costs nothing.
  private static let unbounded = "first(repeat(.)) | "

  @Test("values, errors and no output come back as they are")
  func outcomesComeBack() throws {
    let expressions = [
      ".a", "empty", "error(\"x\")", "error({c: 1})", "[.b, null, -0.5, \"é\\u0000\"]", "$ENV.NAME",
    ]
    let inside = try run(
      expressions.map { Self.unbounded + $0 }, on: #"{"a":1.5}"#, environment: Self.environment)
    let outside = try run(expressions, on: #"{"a":1.5}"#, environment: Self.environment)
    #expect(inside == outside)
    #expect(inside.last == .value("\"here\""))
  }

  @Test("one that does not compile is reported when the batch is made")
  func compileErrors() {
    let batch = JQBatch(
      ["def f: f; nope", "repeat(", ".a"].map { JQExpression($0) }, environment: Self.environment)
    #expect(Set(batch.rejections.keys) == [0, 1])
    #expect(batch.rejections[0]?.message.contains("nope") == true)
  }

  @Test("a large document goes there and back")
  func large() throws {
    let text = "\"" + String(repeating: "abcdefghijklmnopqrstuvwxyz é 0123456789 ", count: 50_000) + "\""
    #expect(try run(Self.unbounded + ".", on: text, environment: Self.environment) == .value(text))
    let list = "[" + (0..<200_000).map(String.init).joined(separator: ",") + "]"
    #expect(try run(Self.unbounded + "length", on: list, environment: Self.environment) == .value("200000"))
  }

  @Test("the doors are closed there too")
  func closedDoors() throws {
    let found = try run(
      ["input", "[inputs]", "debug", "stderr", "$ENV | length"].map { Self.unbounded + $0 }, on: "1",
      environment: Self.environment)
    #expect(found == [.failure("No more inputs"), .value("[]"), .value("1"), .value("1"), .value("1")])
  }

  @Test("many items, one process")
  func manyItems() throws {
    let batch = JQBatch([JQExpression(Self.unbounded + ". + 1")], environment: Self.environment)
    #expect(try outcomes(of: batch, 1, on: "0") == [.value("1")])
    let child = try #require(batch.sandboxProcess)
    for item in 1..<200 { #expect(try outcomes(of: batch, 1, on: "\(item)") == [.value("\(item + 1)")]) }
    #expect(batch.sandboxProcess == child)
  }

  @Test("an ordinary batch leaves nothing to the sandbox")
  func ordinary() {
    let expressions = (BoundednessTests.ordinary + BoundednessTests.mappings).map { JQExpression($0) }
    let compiled = BatchCompiler(environment: Self.environment).compile(expressions)
    #expect(compiled.sandboxed.isEmpty)
    #expect(compiled.rejections.isEmpty)
    #expect(compiled.machine != nil)
  }

  #if os(Linux)
    @Test("the child has no file open but its channel, and ends with its batch")
    func descriptors() throws {
      let file = FileHandle(forReadingAtPath: "/proc/self/status")
      defer { try? file?.close() }
      var batch: JQBatch? = JQBatch([JQExpression(Self.unbounded + ".")], environment: Self.environment)
      let made = try #require(batch)
      #expect(try outcomes(of: made, 1, on: "1") == [.value("1")])
      let child = try #require(made.sandboxProcess)
      #expect(Children.now.contains(child))
      let links = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child)/fd").map {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(child)/fd/\($0)")
      }
      #expect(links.count == 4)
      #expect(links.filter { $0 == "/dev/null" }.count == 3)
      #expect(links.filter { $0.hasPrefix("socket:") }.count == 1)
      batch = nil
      _ = consume made
      #expect(!Children.now.contains(child))
    }

    @Test("a child that somebody killed is noticed, and another one serves the item")
    func killed() throws {
      let batch = JQBatch([JQExpression(Self.unbounded + ". + 1")], environment: Self.environment)
      #expect(try outcomes(of: batch, 1, on: "1") == [.value("2")])
      let child = try #require(batch.sandboxProcess)
      kill(child, SIGKILL)
      #expect(try outcomes(of: batch, 1, on: "2") == [.value("3")])
      #expect(batch.sandboxProcess != child)
      #expect(try outcomes(of: batch, 1, on: "3") == [.value("4")])
    }
  #endif
}

/// The processes that this one has started and that still run.
enum Children {
  static var now: Set<pid_t> { found { $0 != "Z" } }

  /// Those, and the ones that have ended and that nobody has waited for.
  static var all: Set<pid_t> { found { _ in true } }

  private static func found(_ isWanted: (Substring) -> Bool) -> Set<pid_t> {
    #if os(Linux)
      let own = getpid()
      let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      return Set(
        names.compactMap { pid_t($0) }.filter { process in
          let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
          let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
          return fields.count > 1 && pid_t(fields[1]) == own && isWanted(fields[0])
        })
    #else
      return []
    #endif
  }
}
