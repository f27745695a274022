import Testing

@testable import PortolanScaffold

@Suite("words and nouns")
struct WordsTests {
  @Test(
    "keys of any convention become words",
    arguments: [
      ("createdAt", "createdAt", "Created at"), ("created_at", "createdAt", "Created at"),
      ("HTMLUrl", "htmlUrl", "HTML URL"), ("projectId", "projectId", "Project ID"), ("x-y.z", "xYZ", "X y z"),
      ("48x48", "n48x48", "48x48"), ("__board", "board", "Board"), ("ID", "id", "ID"),
    ])
  func words(key: String, camel: String, title: String) {
    #expect(Words(of: key).camelCase == camel)
    #expect(Words(of: key).title == title)
  }

  @Test("a key without a letter or digit has no words")
  func none() {
    #expect(Words(of: "名前 ?").camelCase == nil)
  }

  @Test(
    "names of lists become singular",
    arguments: [
      ("issues", "issue"), ("repositories", "repository"), ("statuses", "status"), ("addresses", "address"),
      ("boxes", "box"), ("people", "person"), ("merge_requests", "merge_request"),
      ("pullRequests", "pullRequest"),
      ("status", "status"), ("news", "news"), ("issue", "issue"), ("batches", "batch"),
      ("databases", "database"),
      ("access-policies", "access-policy"),
    ])
  func singular(plural: String, singular: String) {
    #expect(Noun.singular(plural) == singular)
  }

  @Test(
    "and plural again",
    arguments: [("issue", "issues"), ("repository", "repositories"), ("box", "boxes"), ("day", "days")])
  func plural(singular: String, plural: String) {
    #expect(Noun.plural(singular) == plural)
  }

  @Test(
    "names of integrations are letters, digits and hyphens",
    arguments: ["a b", "", "1a", "a/b", "a-", "ä", "..", "-a"])
  func badNames(name: String) {
    #expect(throws: (any Error).self) { try IntegrationName(name) }
  }

  @Test("and are taken as they are", arguments: ["acme", "Acme-2", "a"])
  func goodNames(name: String) throws {
    #expect(try IntegrationName(name).text == name)
  }
}
