/// The words of a key or name: `createdAt`, `created_at` and `created-at` are all "created", "at".
struct Words: Hashable {
  /// The words in small letters, in order.
  let all: [String]

  init(_ all: [String]) {
    self.all = all
  }

  /// Cuts `text` at what is neither letter nor digit, and where a small letter or digit is before a capital one.
  init(of text: String) {
    var words: [String] = []
    var word = ""
    var previous: Character?
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      let isWordPart = character.isASCII && (character.isLetter || character.isNumber)
      let next = place + 1 < characters.count ? characters[place + 1] : nil
      if !isWordPart || Self.beginsWord(character, after: previous, before: next) {
        if !word.isEmpty { words.append(word.lowercased()) }
        word = ""
      }
      if isWordPart { word.append(character) }
      previous = isWordPart ? character : nil
    }
    if !word.isEmpty { words.append(word.lowercased()) }
    all = words
  }

  /// `fooBar` begins a word at `B`, and `HTMLUrl` at `U`.
  private static func beginsWord(
    _ character: Character, after previous: Character?, before next: Character?
  ) -> Bool {
    guard let previous, character.isUppercase else { return false }
    return !previous.isUppercase || (next?.isLowercase ?? false)
  }

  /// `createdAt`; where the first word begins with a digit, `n` is put before it. Nil where there are no words.
  var camelCase: String? {
    guard let first = all.first else { return nil }
    let text = first + all.dropFirst().map(Self.capitalized).joined()
    return first.first?.isNumber == true ? "n" + text : text
  }

  /// `CreatedAt`; nil where there are no words.
  var pascalCase: String? { camelCase.map(Self.capitalized) }

  /// `Created at`, `Project ID`, for a person.
  var title: String {
    all.enumerated().map { place, word in
      if let abbreviation = Self.abbreviations[word] { return abbreviation }
      return place == 0 ? Self.capitalized(word) : word
    }.joined(separator: " ")
  }

  /// `Pull Request`, as a name.
  var capitalized: String {
    all.map { Self.abbreviations[$0] ?? Self.capitalized($0) }.joined(separator: " ")
  }

  /// `pull request`, in running text.
  var phrase: String { all.map { Self.abbreviations[$0] ?? $0 }.joined(separator: " ") }

  private static let abbreviations = [
    "id": "ID", "ids": "IDs", "url": "URL", "urls": "URLs", "uri": "URI", "api": "API", "ip": "IP",
    "ssh": "SSH",
    "http": "HTTP", "https": "HTTPS", "html": "HTML", "uuid": "UUID", "sha": "SHA", "cpu": "CPU",
    "sla": "SLA",
    "slo": "SLO", "os": "OS", "ci": "CI", "dns": "DNS", "sso": "SSO",
  ]

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
