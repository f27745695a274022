/// What the keys of an object tell of whether it is a person's.
struct PersonEvidence: OptionSet, Sendable {
  let rawValue: UInt8

  /// A name that only people have: `login`, `username`, `firstName`.
  static let own = PersonEvidence(rawValue: 1)
  /// `displayName`.
  static let display = PersonEvidence(rawValue: 2)
  /// `email`.
  static let email = PersonEvidence(rawValue: 4)
  /// `accountId`, `avatarUrls`, `active`, `timeZone`: what people have, and other things too.
  static let account = PersonEvidence(rawValue: 8)
  /// What only projects, repositories, teams and the like have.
  static let other = PersonEvidence(rawValue: 16)

  /// Whether the object is a person's.
  var isPerson: Bool {
    guard !contains(.other) else { return false }
    return contains(.own) || contains(.email) || isSuperset(of: [.display, .account])
  }
}

/// What keys mean, each looked at once.
struct RedactionKeys: Sendable {
  /// What a key means.
  struct Key: Sendable {
    /// What a string is that it has.
    let role: RedactionRole
    /// Whether that is a name, if the object is a person's.
    let isPossibleName: Bool
    let evidence: PersonEvidence
    /// Whether it says what the object is.
    let isKind: Bool
    /// Whether it is the value of something whose key says more.
    let isValue: Bool

    /// What a string is that it has in an object whose own key gives it the role `outer`.
    func role(in outer: RedactionRole) -> RedactionRole {
      if role != .text { return role }
      return outer == .avatar || outer == .secret && isValue ? outer : .text
    }
  }

  private static let limit = 10_000
  private var known: [String: Key] = [:]

  /// What `key` means.
  mutating func key(_ key: String) -> Key {
    if let found = known[key] { return found }
    // Objects may have their data as keys, without end.
    if known.count >= Self.limit { known = [:] }
    let new = Key(plain: Self.plain(key))
    known[key] = new
    return new
  }

  /// Whether an object of this kind is no person.
  func isNoPerson(_ kind: String) -> Bool {
    ["organization", "bot", "app", "team", "group", "project"].contains(kind.lowercased())
  }

  /// Whether something of that name is a secret: `apiKey`, `X-Amz-Signature`, `client_secret`.
  static func isSecret(_ name: String) -> Bool {
    let plain = plain(name)
    return secretNames.contains(plain) || secretEnds.contains { plain.hasSuffix($0) }
  }

  fileprivate static func isSecret(plain: String) -> Bool {
    secretNames.contains(plain) || secretEnds.contains { plain.hasSuffix($0) }
  }

  /// The letters and digits of a key, in lower case.
  private static func plain(_ key: String) -> String {
    String(
      decoding: key.lowercased().utf8.filter { ($0 | 0x20) >= 0x61 || (0x30...0x39).contains($0) },
      as: UTF8.self)
  }

  private static let secretNames: Set<String> = [
    "authorization", "cookie", "cookies", "setcookie", "credential", "credentials", "gravatarid", "passwd",
    "pwd",
    "secrets", "sessionid", "sig", "jwt", "tokens", "passwords", "xamzcredential",
  ]
  private static let secretEnds = [
    "token", "secret", "password", "apikey", "passphrase", "privatekey", "secretkey", "accesskey",
    "signature",
  ]
}

extension RedactionKeys.Key {
  fileprivate init(plain: String) {
    isPossibleName = Self.names.contains(plain)
    evidence = Self.evidence[plain] ?? []
    isKind = plain == "type" || plain == "accounttype"
    isValue = plain == "value"
    role =
      RedactionKeys.isSecret(plain: plain)
      ? .secret : Self.avatars.contains(plain) ? .avatar : Self.isPerson(plain) ? .person : .text
  }

  private static func isPerson(_ plain: String) -> Bool {
    people.contains(plain) || plain.hasSuffix("by") || people.contains { plain.hasSuffix($0) }
  }

  private static let names: Set<String> = [
    "displayname", "name", "fullname", "firstname", "lastname", "givenname", "familyname", "surname",
    "nickname",
    "realname", "publicname", "login", "username",
  ]
  private static let people: Set<String> = [
    "user", "users", "username", "login", "author", "creator", "owner", "assignee", "assignees", "reporter",
    "members", "member", "reviewer", "reviewers", "approver", "approvers", "committer", "lead", "displayname",
    "fullname",
  ]
  private static let avatars: Set<String> = [
    "avatar", "avatars", "avatarurl", "avatarurls", "avataruri", "gravatar", "gravatarurl", "picture",
    "photo",
    "photourl", "profileimage", "profileimageurl", "profilepicture",
  ]
  private static let evidence: [String: PersonEvidence] = {
    let groups: [(PersonEvidence, [String])] = [
      (
        .own,
        ["login", "username", "firstname", "lastname", "givenname", "familyname", "surname", "realname"]
      ),
      (.display, ["displayname", "fullname"]),
      (.email, ["email", "emailaddress", "mail", "useremail", "publicemail"]),
      (
        .account,
        ["accountid", "accounttype", "avatarurls", "avatarurl", "active", "timezone", "gravatarid", "userid"]
      ),
      (
        .other,
        [
          "projecttypekey", "projectcategory", "lead", "pathwithnamespace", "fullpath", "defaultbranch",
          "owner",
          "stargazerscount", "members", "teamid", "arn", "namespace",
        ]
      ),
    ]
    var evidence: [String: PersonEvidence] = [:]
    for (value, keys) in groups {
      for key in keys { evidence[key] = value }
    }
    return evidence
  }()
}
