import Foundation
import Testing

@testable import JQ

@Suite("jq's own tests")
struct JQTestProgramTests {
  @Test(
    "its programs give what it expects",
    .enabled(if: JQTestProgram.all != nil, "scripts/build-libjq gets them"))
  func same() throws {
    var failed: [String] = []
    let programs = JQTestProgram.all ?? []
    #expect(programs.count > 800)
    for program in programs where KnownDifference.reason(program.program) == nil {
      // A document that the engine does not read, such as `nan`, is none of an API.
      guard (try? value(program.input)) != nil else { continue }
      let expected = "[" + program.outputs.joined(separator: ",") + "]"
      var found = try run("[\(program.program)\n]", on: program.input)
      if found?.isFailure == true {
        // jq's test ends where the program fails, and so does its list of outputs.
        if program.outputs.isEmpty { continue }
        found = try run("[limit(\(program.outputs.count); \(program.program)\n)]", on: program.input)
      }
      guard let expectedTree = Self.tree(expected) else { continue }
      if case .value(let json)? = found, let tree = Self.tree(json), tree.isEqual(expectedTree) { continue }
      failed.append(
        "\(program.file): \(program.program) on \(program.input): \(found as Any), not \(expected)")
    }
    #expect(failed.isEmpty, "\(failed.joined(separator: "\n"))")
  }

  /// What `json` holds, to be compared whatever the order of keys and the writing of numbers.
  private static func tree(_ json: String) -> NSObject? {
    try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSObject
  }
}
