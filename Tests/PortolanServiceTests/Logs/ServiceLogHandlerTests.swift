import Foundation
import Logging
import RawJSON
import Synchronization
import Testing

@testable import PortolanService

@Suite struct ServiceLogHandlerTests {
  /// What `body` makes a log write.
  private func written(
    _ format: LogFormat, hasColour: Bool = false, level: Logger.Level = .info, _ body: (Logger) -> Void
  ) -> String {
    let lines = Mutex<String>("")
    var logger = Logger(label: "test") { _ in
      ServiceLogHandler(
        format, hasColour: hasColour, mask: { $0.replacing("s3cret", with: "***") },
        clock: { Date(timeIntervalSince1970: 1_764_000_000.25) }
      ) { line in lines.withLock { $0 += line } }
    }
    logger.logLevel = level
    body(logger)
    return lines.withLock { $0 }
  }

  @Test func writesLinesForAPerson() {
    let text = written(.text) { log in
      log.debug("unseen")
      log.info("resync done")
      log.notice("it goes on")
      log.warning("one\ntwo")
      log.error("the token s3cret is refused", metadata: ["kind": "issue"])
    }
    #expect(
      text == """
        16:00:00 resync done
        16:00:00 it goes on
        16:00:00 warning: one
                 two
        16:00:00 error: the token *** is refused

        """)
  }

  @Test func writesColoursOnlyWhereThereAreSome() {
    let coloured = written(.text, hasColour: true) { $0.error("no") }
    #expect(coloured == "\u{1B}[2m16:00:00\u{1B}[0m \u{1B}[31merror:\u{1B}[0m no\n")
    #expect(!written(.text) { $0.error("no") }.contains("\u{1B}"))
    #expect(!written(.json, hasColour: true) { $0.error("no") }.contains("\u{1B}"))
  }

  @Test func writesAnObjectALineForACollector() throws {
    let text = written(.json, level: .debug) { log in
      log.debug("a \"quoted\" s3cret\nof two lines", metadata: ["kind": "is\"sue", "token": "s3cret"])
      log.info("next")
    }
    let lines = text.split(separator: "\n")
    #expect(lines.count == 2)
    let first = try JSONView(validating: Array(lines[0].utf8))
    #expect(first["time"]?.text == "2025-11-24T16:00:00.250Z")
    #expect(first["level"]?.text == "debug")
    #expect(first["message"]?.text == "a \"quoted\" ***\nof two lines")
    #expect(first["kind"]?.text == "is\"sue")
    #expect(first["token"]?.text == "***")
  }
}
