import Foundation
import Portolan
import Testing

@testable import PortolanCatalog

@Suite("A plan as text")
struct PlanTextTests {
  @Test("look") func look() throws {
    let summary = try ExamplePlans.full()
    for width in [60, 80, 120] { print(summary.text(width: width, next: "portolan sync jira")) }
    print(summary.shortText(Style(hasColour: false, width: 80)))
    print(summary.markdown())
    print(String(decoding: summary.json, as: UTF8.self))
    print(try ExamplePlans.empty().text())
  }
}
