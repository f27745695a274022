import Foundation
import Portolan

// Expressions that may not end run in a process of their own, which is this program again.
SandboxHost.serveIfAsked()
SandboxHost.hideHomeLibrary()

/// Prints entities, one a line.
struct Printer: EntitySink {
  func receive(_ batch: EntityBatch) {
    FileHandle.standardOutput.write(Data(batch.lines))
  }
}

func say(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

do {
  guard let integration = Integration.find(from: ".").first(where: { $0.name == "codeowners" }) else {
    say("error: there is no .port/codeowners here: run it in the folder of the package")
    exit(2)
  }
  let config = try PortAppConfig(contentsOf: integration.configPath)
  for diagnostic in config.diagnostics { say(diagnostic.text()) }
  let checkouts = CommandLine.arguments.dropFirst().first ?? integration.rootPath + "/Checkouts"
  let fetcher = CodeownersFetcher(folder: URL(filePath: checkouts, directoryHint: .isDirectory))
  var printer = Printer()
  let reports = try await MappingPipeline(CompiledMapping(config), threads: 2).run(fetcher, into: &printer)
  for report in reports {
    let end = report.isComplete ? "" : "; NOT COMPLETE: delete nothing because of it"
    say("\(report.kind): \(report.raw) objects, \(report.mapped) mapped, \(report.filtered) filtered\(end)")
    for diagnostic in report.diagnostics { say(diagnostic.text()) }
  }
  exit(reports.allSatisfy { $0.isComplete && $0.failed == 0 } ? 0 : 1)
} catch {
  say("error: \(error)")
  exit(2)
}
