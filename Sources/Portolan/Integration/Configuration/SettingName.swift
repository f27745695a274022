/// How a setting is called in variables and files.
enum SettingName {
  /// `jira_host` for `jiraHost`, `base_url` for `baseURL`.
  static func snake(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      if letter.isUppercase, index > 0 {
        let before = letters[index - 1]
        let endsWord = before.isLowercase || before.isNumber
        let beginsWord = before.isUppercase && index + 1 < letters.count && letters[index + 1].isLowercase
        if endsWord || beginsWord { result.append("_") }
      }
      result += letter.lowercased()
    }
    return result
  }
}
