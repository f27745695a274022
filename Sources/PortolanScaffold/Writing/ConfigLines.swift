/// Lines of YAML that a person reads, with comments.
struct ConfigLines {
  /// How long a line with a comment is at most.
  private static let width = 100

  private(set) var text = ""

  /// Adds a line `depth` levels in.
  mutating func add(_ depth: Int, _ line: String) {
    text += String(repeating: "  ", count: depth) + line + "\n"
  }

  /// Adds an empty line.
  mutating func addGap() { text += "\n" }

  /// Adds a comment, as many lines as it needs.
  mutating func comment(_ depth: Int, _ comment: String) {
    let limit = Self.width - 2 * depth - 2
    var line = ""
    for word in YAMLText.comment(comment).split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > limit {
        add(depth, "# " + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { add(depth, "# " + line) }
  }

  /// Adds a line to a comment: what somebody may copy.
  mutating func example(_ depth: Int, _ line: String) {
    add(depth, "#   " + YAMLText.comment(line))
  }

  /// Adds a key with a scalar.
  mutating func entry(_ depth: Int, _ key: String, _ value: String) {
    add(depth, YAMLText.scalar(key) + ": " + YAMLText.scalar(value))
  }

  var bytes: [UInt8] { Array(text.utf8) }
}
