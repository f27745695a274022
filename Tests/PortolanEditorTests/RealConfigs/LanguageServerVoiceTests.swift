import Foundation
import PortolanEditor
import RawJSON
import Testing

@testable import Portolan

@Suite("Real configs: what an editor shows of a mistake")
struct LanguageServerVoiceTests {
  static let mistakes: [Mistake] = RealConfig.all.flatMap { (try? RealConfig($0).mistakes()) ?? [] }

  @Test("the server shows what lint finds, in every file", arguments: mistakes)
  func sameAsLint(mistake: Mistake) throws {
    let copy = try RealConfig(mistake.config).copy()
    _ = try copy.make(mistake)
    let integration = try copy.integration()
    let linter = Linter(allowedVariables: Set(copy.environment.keys))
    let lint = linter.lint(LintTarget(integration)).findings
    let shown = try shown(integration.configPath, EditorLinter(linter))
    #expect(shown == lint.map { "\($0.rule) \($0.location?.line ?? 1)" }.sorted())
  }

  private func shown(_ path: String, _ linter: EditorLinter) throws -> [String] {
    guard let bytes = try? FileBytes.read(path) else { return [] }
    var server = LanguageServer(linter, version: "1")
    _ = try server.answer(#"{"id":1,"method":"initialize","params":{}}"#)
    try server.open(path, String(decoding: bytes, as: UTF8.self))
    return try server.publish().flatMap { message in
      let found = try JSONView(validating: message)["params"]?["diagnostics"]?.elements ?? []
      return found.map { each in
        let line = (each["range"]?["start"]?["line"]?.json).flatMap { Int($0) } ?? -1
        return "\(each["code"]?.text ?? "") \(line + 1)"
      }
    }.sorted()
  }
}

/// The folder of the project.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()
