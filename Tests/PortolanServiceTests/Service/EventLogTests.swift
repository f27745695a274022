import Logging
import Portolan
import PortolanCatalog
import Testing

@testable import PortolanEvents

@Suite("What is said of events")
struct EventLogTests {
  private func work(_ key: String) -> EventWork {
    EventWork(
      source: "jira", object: EventObject(kind: "issue", key: key, json: [], isDeleted: false), numbers: [1],
      receivedAt: 0, attempts: 0)
  }

  /// What is said at the level that is usual.
  private func log(to lines: LogLines) -> EventLog {
    var logger = lines.logger
    logger.logLevel = .info
    return EventLog(logger)
  }

  @Test("few are said one by one, and nothing is added")
  func few() {
    let lines = LogLines()
    let log = log(to: lines)
    for key in ["1", "2"] {
      log.say(EventEffect(written: [EntityKey("issue", key)]), of: work(key))
    }
    log.sum()
    #expect(lines.all == ["issue 1: issue/1 written", "issue 2: issue/2 written"])
  }

  @Test("of many it is said how many more there were, and then each again")
  func many() {
    let lines = LogLines()
    let log = log(to: lines)
    for key in 0..<25 {
      log.say(
        EventEffect(written: [EntityKey("issue", "\(key)")], deleted: [EntityKey("log", "a")]),
        of: work("\(key)"))
      log.sayRetry(of: work("\(key)"), after: 2, because: "it is away \(key)")
    }
    log.sum()
    #expect(lines.all.filter { $0.hasSuffix("log/a deleted") }.count == 20)
    #expect(lines.all.filter { $0.contains("is tried again in 2 s") }.count == 20)
    #expect(lines.all.contains("and 5 more objects in 10 s: 5 written, 5 deleted"))
    #expect(lines.all.contains("warning: and 5 more objects are tried again, the last one: it is away 24"))
    log.say(EventEffect(written: [EntityKey("issue", "30")]), of: work("30"))
    #expect(lines.all.last == "issue 30: issue/30 written")
  }
}
