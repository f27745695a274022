import Foundation
import Testing
import YAMLTree

@testable import Portolan

@Suite("Real configs: what the schema marks")
struct SchemaAgreementTests {
  /// What lint says of a config's structure, which a schema can say, too.
  private static let structure: Set<String> = ["missing-key", "wrong-type"]
  /// The mistakes in the config itself, which the schema describes.
  private static let mistakes = RealConfigTests.mistakes.filter {
    $0.moves.isEmpty && $0.file == "resources/port-app-config.yml"
  }

  @Test("it marks nothing in a config that is right", arguments: RealConfig.all)
  func right(name: String) throws {
    #expect(try accepts(try RealConfig(name).copy()) == true)
  }

  @Test("it marks what lint calls wrong in the structure, and nothing that is right", arguments: mistakes)
  func agreement(mistake: Mistake) throws {
    let copy = try RealConfig(mistake.config).copy()
    _ = try copy.make(mistake)
    // What is no YAML is no matter for a schema.
    guard let isAccepted = try accepts(copy) else { return }
    if mistake.isRight { #expect(isAccepted) }
    let integration = try copy.integration()
    let findings = Linter(allowedVariables: Set(copy.environment.keys)).lint(LintTarget(integration)).findings
    let errors = findings.filter { $0.severity == .error && Self.structure.contains($0.rule.rawValue) }
    if let error = errors.first { #expect(!isAccepted, "lint says: \(error)") }
  }

  /// Whether the schema of its own project accepts a config; nil where that is no YAML.
  private func accepts(_ copy: RealConfigCopy) throws -> Bool? {
    let integration = try copy.integration()
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: integration.configPath)))
    guard let tree = try? YAMLParser.parse(bytes) else { return nil }
    let value = try JSONSerialization.jsonObject(with: Data(tree.json().utf8), options: .fragmentsAllowed)
    let schema = try JSONSerialization.jsonObject(with: Data(try ConfigSchema([integration]).json))
    return SchemaValidator(root: try #require(schema as? [String: Any])).isValid(value)
  }
}
