import Foundation
import Logging
import RawJSON
import Synchronization
import Testing

@testable import PortolanService

@Suite("A service's log")
struct ServiceLogTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
  }

  private func lines(_ format: LogFormat, _ body: (Logger) -> Void) -> [String] {
    let lines = Lines()
    var log = Logger(label: "test") { _ in
      ServiceLogHandler(
        format, mask: { $0.replacingOccurrences(of: "s3cr3t", with: "***") },
        clock: { Date(timeIntervalSince1970: 1_795_669_292.25) }
      ) { line in lines.all.withLock { $0.append(line) } }
    }
    log.logLevel = .info
    body(log)
    return lines.all.withLock { $0 }
  }

  @Test("JSON: a line an object, with date and time in UTC, the level, and what belongs to it; no secret")
  func json() throws {
    let found = lines(.json) { log in
      log.info("a key s3cr3t\nand more", metadata: ["kind": "issue", "value": "s3cr3t"])
      log.debug("nothing")
    }
    #expect(found.count == 1 && found[0].filter(\.isNewline).count == 1)
    let line = try JSONView(validating: Array(found[0].utf8))
    #expect(line["time"]?.text == "2026-11-26T05:01:32.250Z")
    #expect(line["level"]?.text == "info" && line["message"]?.text == "a key ***\nand more")
    #expect(line["kind"]?.text == "issue" && line["value"]?.text == "***")
  }

  @Test("text: the time, what it is where it is not good, and further lines below it")
  func text() {
    let found = lines(.text) { log in
      log.info("all is well")
      log.warning("less so\nfor a reason")
      log.error("s3cr3t")
    }
    #expect(
      found == [
        "05:01:32 all is well\n", "05:01:32 warning: less so\n         for a reason\n",
        "05:01:32 error: ***\n",
      ])
  }
}
