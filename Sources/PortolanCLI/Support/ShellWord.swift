/// Words of a command that is proposed, so that it can be copied into a shell.
enum ShellWord {
  private static let safe = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,=")

  /// `text` as it is where a shell takes it so, otherwise in single quotes.
  static func quoted(_ text: String) -> String {
    guard text.isEmpty || !text.allSatisfy(safe.contains) else { return text }
    return "'" + text.replacing("'", with: #"'\''"#) + "'"
  }
}
