/// Whether the texts at a place are a few that repeat: an enumeration.
enum ValueChoices {
  /// Words in names of places whose texts mostly are one of a few.
  private static let tellingWords: Set<String> = [
    "status", "state", "type", "priority", "severity", "urgency", "kind", "level", "category", "visibility",
    "role",
    "phase", "stage", "tier", "impact", "resolution", "environment", "lifecycle",
  ]
  /// Words in names of places whose texts are anything.
  private static let freeWords: Set<String> = [
    "name", "title", "summary", "description", "id", "ids", "key", "body", "text", "url", "path", "slug",
    "login",
    "email", "user", "username", "author", "owner", "assignee", "version", "branch", "sha", "label",
    "message", "tag",
    "team", "org", "organization", "project", "service", "repo", "repository", "host", "region", "country",
    "timezone",
    "zone", "locale", "token", "ref", "number", "code", "date", "time",
  ]

  /// How long a text of an enumeration is at most, in characters.
  private static let longest = 30

  /// The texts in the order in which they are first seen; nil where they are no enumeration.
  static func find(in texts: [String], name: Words) -> [String]? {
    let used = texts.filter { !$0.isEmpty }
    var seen: Set<String> = []
    let distinct = used.filter { seen.insert($0).inserted }
    guard distinct.allSatisfy({ isShort($0) }), Set(name.all).isDisjoint(with: freeWords) else { return nil }
    let isTelling = !tellingWords.isDisjoint(with: name.all)
    let (fewest, most, repeats) = isTelling ? (6, 8, 2) : (12, 5, 4)
    guard used.count >= fewest, (2...most).contains(distinct.count), distinct.count * repeats <= used.count
    else {
      return nil
    }
    return distinct
  }

  private static func isShort(_ text: String) -> Bool {
    text.count <= longest && !text.contains { $0.isNewline } && !text.allSatisfy(\.isNumber)
  }
}
