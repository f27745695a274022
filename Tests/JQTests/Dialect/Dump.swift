import Foundation
import Testing

@testable import JQ

@Test func dump() throws {
  let lines = try String(contentsOfFile: "/tmp/programs.json", encoding: .utf8)
  let programs = try JSONDecoder().decode([String].self, from: Data(lines.utf8))
  var out: [[String]] = []
  let compiler = BatchCompiler(environment: JQEnvironment(), dialect: Dialect(.v1_6))
  for p in programs {
    do {
      let q = try compiler.prepare(JQExpression("[\(p)\n]"))
      out.append([p, compiler.environment.binding + q.definitions.joined(separator: " ") + " " + q.text])
    } catch { out.append([p, "", "\(error)"]) }
  }
  try JSONEncoder().encode(out).write(to: URL(filePath: "/tmp/translated.json"))
}
