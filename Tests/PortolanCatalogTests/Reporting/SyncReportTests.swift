import Foundation
import Portolan
import Testing

@testable import PortolanCatalog

@Suite("A sync as text and JSON")
struct SyncReportTests {
  private func report() throws -> SyncReport {
    var result = RunResult(.failed)
    (result.created, result.changed, result.deleted, result.failed) = (10, 31, 2, 3)
    var report = SyncReport(run: "run-1", plan: try ExamplePlans.full(), result: result)
    report.seconds = 2.14
    report.remaining = ExamplePlans.counts(create: 2, delete: 1)
    let place = SourceLocation(file: "config.yml", line: 9, column: 5)
    report.failures = (1...3).map { number in
      SyncFailure(
        EntityKey("jiraIssue", "ROUTE-\(number)"), .create,
        origin: EntityOrigin(
          kind: "issue", resource: 1, mapping: 0,
          location: SourceLocation(file: "issue.json", line: number, column: 1), rawHash: "00",
          rawIdentity: nil),
        location: place,
        refusal: .init(
          status: 422, code: "invalid_request",
          message: number < 3 ? "status must be one of Done" : "Bearer s3cr3t-0123456789 is wrong"))
    }
    return report
  }

  @Test("what was refused is said once for all of one reason, with its place, and what is left")
  func text() throws {
    let expected = """
      not done:  10 created, 31 changed, 2 deleted, 3 refused  in 2.1 s, run run-1

        ✗ 2 jiraIssue were not written
            invalid_request (422): status must be one of Done
            ROUTE-1, ROUTE-2
            by the mapping at config.yml:9:5
            the first of them made of the issue at issue.json:1:1
        ✗ jiraIssue ROUTE-3 was not written
            invalid_request (422): Bearer •••• is wrong
            by the mapping at config.yml:9:5
            made of the issue at issue.json:3:1

      left: 2 to create, 1 to delete; the next sync does it
      held: 90 that were not deleted, as planned

      """
    #expect(try report().text().asList == expected.asList)
  }

  @Test("what only waits for a yes is not said to be done by the next sync")
  func undeleted() throws {
    var report = try report()
    report.remaining = ExamplePlans.counts(delete: 3)
    let style = Style(hasColour: false, width: 80)
    #expect(
      report.text(style, deletes: false).contains("\nleft: 3 to delete; a sync with --yes does it\n"))
    report.remaining.create = 2
    #expect(report.text(style, deletes: false).contains("; the next sync does it, with --yes all of it\n"))
    #expect(report.text(style).contains("\nleft: 2 to create, 3 to delete; the next sync does it\n"))
  }

  @Test("the first line is no wider than it may be")
  func width() throws {
    var report = try report()
    report.run = "065313c4-1d1f-4a0e-9b1c-b5ae5eb57456/b91a"
    let line = "not done:  10 created, 31 changed, 2 deleted, 3 refused  in 2.1 s, run 065313c4\n"
    #expect(report.text(width: 80).hasPrefix(line))
    #expect(
      report.text(width: 70).hasPrefix(
        "not done:  10 created, 31 changed, 2 deleted, 3 refused\n  in 2.1 s, run"))
  }

  @Test("one mistake is one group, whatever the values are")
  func grouping() throws {
    var report = try report()
    report.failures = report.failures.enumerated().map { number, failure in
      var failure = failure
      failure.refusal.message = "`properties.num` is a number (\(number)), and the blueprint wants a string"
      return failure
    }
    #expect(report.text().contains("✗ 3 jiraIssue were not written\n"))
    report.failures[1].refusal.message = "`properties.sum` is a number (1), and the blueprint wants a string"
    #expect(report.text().contains("✗ 2 jiraIssue were not written\n"))
  }

  @Test("JSON has the same")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: Data(report().json)) as? [String: Any]
    #expect(object?["done"] as? Bool == false)
    #expect(object?["state"] as? String == "failed")
    #expect((object?["failures"] as? [[String: Any]])?.count == 3)
    #expect(!String(decoding: try report().json, as: UTF8.self).contains("s3cr3t"))
  }
}
