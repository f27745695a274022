import Foundation
import TestSupport
import Testing

@testable import PortolanScaffold

@Suite("whatever the samples are, what is written works at once")
struct RandomSamplesTests {
  /// How many sets of samples are tried; `PORTOLAN_PROPERTY_RUNS` asks for more.
  private static let runs =
    ProcessInfo.processInfo.environment["PORTOLAN_PROPERTY_RUNS"].flatMap { Int($0) }.map { $0 / 20 } ?? 60
  /// `PORTOLAN_SEED` repeats a run.
  private static let seed =
    ProcessInfo.processInfo.environment["PORTOLAN_SEED"].flatMap { UInt64($0) }
    ?? UInt64.random(in: 0..<1_000_000)

  @Test("files load, lint and dry-run find nothing, every object becomes an entity")
  func property() async throws {
    for run in 0..<Self.runs {
      let seed = Self.seed + UInt64(run)
      var samples = RandomSamples(seed: seed)
      let files = samples.files()
      let folder = try TemporaryFolder()
      let paths = try files.map { try folder.write($0.name, $0.text) }
      let scaffold = try Scaffold(IntegrationName("acme"), samples: paths)
      let written = try await Written(scaffold)
      let findings = written.findings
      guard findings.isEmpty else {
        let mapping = try written.text(".port/acme/resources/port-app-config.yml")
        Issue.record(
          "PORTOLAN_SEED=\(seed) PORTOLAN_PROPERTY_RUNS=20\n\(findings.joined(separator: "\n"))\n\(mapping)\n\(files)"
        )
        return
      }
    }
  }

  @Test("the same of descriptions of APIs, as far as they have a list of objects")
  func descriptions() async throws {
    // A third as many: each has several kinds.
    let runs = max(1, Self.runs / 3)
    var tried = 0
    for run in 0..<runs {
      let seed = Self.seed + UInt64(run)
      var description = RandomDescription(seed: seed)
      let text = description.text()
      let folder = try TemporaryFolder()
      let path = try folder.write("api.json", text)
      guard let scaffold = try? Scaffold(IntegrationName("acme"), openAPI: path, kinds: []) else { continue }
      tried += 1
      let written = try await Written(scaffold)
      let findings = written.findings
      guard findings.isEmpty else {
        let mapping = try written.text(".port/acme/resources/port-app-config.yml")
        Issue.record(
          "PORTOLAN_SEED=\(seed) PORTOLAN_PROPERTY_RUNS=20\n\(findings.joined(separator: "\n"))\n\(mapping)\n\(text)"
        )
        return
      }
    }
    #expect(tried * 2 > runs)
  }
}
