/// What a description of an API says of its objects, by the path of the keys: it counts beside what is seen.
struct SchemaNotes {
  /// What is said of one place.
  struct Note {
    /// What it is.
    var description: String?
    /// The only texts that are allowed; empty for any.
    var values: [String] = []
    /// Whether its members' names are data.
    var isDictionary = false
    /// Whether objects may lack it, or have null there.
    var isOptional = false
  }

  private var notes: [[String]: Note] = [:]

  /// What is said of the value at `path`.
  subscript(path: [String]) -> Note? {
    get { notes[path] }
    set { notes[path] = newValue }
  }
}
