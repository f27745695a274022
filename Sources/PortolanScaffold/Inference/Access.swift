/// How requests are sent to the API, as far as it is known: the base URL and what they are signed with.
struct Access {
  /// Something that a user sets before the integration runs.
  struct Setting {
    var name: String
    var type = "string"
    var isSecret = false
    /// The value where the user sets none.
    var standard: String?
    var description: String
  }

  /// What they are signed with: the `auth` of a fetcher.yml as a flow mapping; nil for nothing.
  var authentication: String?
  /// Whether that is a guess.
  var isGuess: Bool
  /// What a user sets.
  var settings: [Setting]

  /// A base URL and a bearer token.
  init() {
    authentication = "{bearer: \"{{ config.token }}\"}"
    isGuess = true
    settings = [
      Setting(
        name: "baseUrl", type: "url",
        description: "The address of the API, for example https://api.example.com"),
      Setting(name: "token", isSecret: true, description: "What the API lets the integration in with"),
    ]
  }

  init(authentication: String?, isGuess: Bool, settings: [Setting]) {
    self.authentication = authentication
    self.isGuess = isGuess
    self.settings = settings
  }
}
