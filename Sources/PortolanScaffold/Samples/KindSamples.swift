import Portolan
import RawJSON

/// The raw objects that are known of a kind, and how it is asked for.
struct KindSamples {
  /// The kind's name: `issue`.
  var name: String
  /// The objects, each once.
  var objects: [JSONView]
  /// What a description of the API says of the objects besides; empty where there is none.
  var notes: SchemaNotes = SchemaNotes()
  /// How the kind is asked for.
  var request: KindRequest

  init(_ file: SampleFile) throws(Diagnostic) {
    name = try Self.kind(file.stem)
    objects = []
    request = KindRequest(file)
    add(file.objects)
  }

  init(name: String, objects: [JSONView], notes: SchemaNotes, request: KindRequest) {
    self.name = name
    self.objects = []
    self.notes = notes
    self.request = request
    add(objects)
  }

  /// Adds objects that are not there yet: the same one twice would be one entity.
  mutating func add(_ others: [JSONView]) {
    var known = Set(objects.map(\.json))
    objects += others.filter { known.insert($0.json).inserted }
  }

  /// The files' kinds, files of the same kind put together.
  ///
  /// - Throws: `Diagnostic` for a file whose name makes no kind.
  static func grouped(_ files: [SampleFile]) throws(Diagnostic) -> [KindSamples] {
    var kinds: [KindSamples] = []
    for file in files {
      let samples = try KindSamples(file)
      if let place = kinds.firstIndex(where: { $0.name == samples.name }) {
        kinds[place].add(samples.objects)
      } else {
        kinds.append(samples)
      }
    }
    return kinds
  }

  /// The kind that a file of that name holds.
  private static func kind(_ stem: String) throws(Diagnostic) -> String {
    let name = Noun.singular(stem)
    let isName = name.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "_-.".unicodeScalars.contains(scalar))
    }
    guard isName, Words(of: name).camelCase != nil else {
      throw Diagnostic(
        .error, .invalidName, "the file's name `\(stem)` names no kind",
        help: "name the file after what it holds, with letters, digits, `_`, `-` and `.`: issues.json")
    }
    return name
  }
}
