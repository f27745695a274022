import Testing

@testable import Portolan

@Suite("The key that is meant")
struct NearestKeyTests {
  @Test(
    "a slip, another way of writing, a word more",
    arguments: [
      ("sumary", "summary"), ("ky", "key"), ("nam", "name"), ("asignees", "assignee"),
      ("issueType", "issuetype"),
      ("__project", "project"), ("Identifier", "identifier"), ("created", "createdAt"),
      ("createdOn", "created_at"),
      ("created_at", "createdAt"), ("analysisDate", "lastAnalysisDate"), ("provider", "providerID"),
      ("lang", "language"), ("descripton", "description"), ("priroity", "priority"),
      ("displayname", "displayName"),
    ])
  func near(_ typed: String, _ meant: String) {
    #expect(Spelling.nearestKey(to: typed, in: ["other", meant]) == meant)
  }

  @Test(
    "other words, however few letters are between them",
    arguments: [
      ("host_name", "org_name"), ("created", "creator"), ("a", "n"), ("folder", "filter"),
      ("escalation_rules", "escalation_level"), ("status_description", "page_description"),
      ("warning_threshold", "target_threshold"), ("__members", "isMember"), ("__branchName", "__branches"),
      ("rotations", "relations"), ("started_at", "start_date"), ("customfield_10061", "customfield_10001"),
    ])
  func other(_ typed: String, _ there: String) {
    #expect(Spelling.nearestKey(to: typed, in: ["other", there]) == nil)
    #expect(Spelling.similarKey(to: typed, in: ["other", there]) == nil)
  }

  @Test("the same word with another end, where nothing is nearer")
  func similar() {
    #expect(Spelling.similarKey(to: "state", in: ["id", "status"]) == "status")
    #expect(Spelling.similarKey(to: "System.Status", in: ["System.State"]) == "System.State")
  }
}
