/// A file that an argument names, where `-` is standard input.
enum FileArgument {
  /// Where standard input is a file.
  static let standardInput = "/dev/stdin"

  /// The file's path.
  static func path(_ argument: String) -> String { argument == "-" ? standardInput : argument }
}
