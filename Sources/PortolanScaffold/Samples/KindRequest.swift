import RawJSON

/// How a kind is asked for, as far as it is known or guessed.
struct KindRequest {
  /// The path below the base URL, with templates in it.
  var path: String
  /// Whether the path is a guess.
  var isPathGuessed = false
  /// The keys that lead to the list in an answer; empty for a bare list.
  var items: [String] = []
  /// Whether each element holds its object under `node`.
  var hasNodes = false
  /// The kind that it is asked once for each object of.
  var parent: String?
  /// How a list goes on.
  var paging: PagingGuess?

  /// How the objects of a sample file may be asked for.
  init(_ file: SampleFile) {
    path = "/" + file.stem
    isPathGuessed = true
    guard let envelope = file.envelope else { return }
    items = envelope.path
    hasNodes = envelope.hasNodes
    paging = PagingGuess(answer: envelope.answer, list: envelope.path, parameters: nil)
  }

  init(path: String) {
    self.path = path
  }
}
