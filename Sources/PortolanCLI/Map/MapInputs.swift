import Portolan

/// The streams that `map` reads, by their kinds.
struct MapInputs {
  private(set) var inputs: [MappingInput] = []
  /// How many bytes they hold together, nil where that is not known.
  private(set) var size: Int? = 0
  /// The kind of what a person types, nil where no input is a terminal.
  private(set) var typedKind: String?

  private let options: MapInputOptions
  private let config: PortAppConfig
  private let interruption: Interruption.Notice

  /// Opens the inputs that `options` name, of kinds that `config` maps.
  ///
  /// - Throws: `UsageError` where a kind is missing or unknown, or a file cannot be opened.
  init(_ options: MapInputOptions, of config: PortAppConfig, _ interruption: Interruption.Notice)
    throws(UsageError)
  {
    self.options = options
    self.config = config
    self.interruption = interruption
    for input in options.input.isEmpty ? ["-"] : options.input {
      let (kind, path) = try named(input)
      try add(path, of: kind)
    }
  }

  /// The kind and the file of an argument: of `KIND=FILE` both, where the config maps that kind.
  private func named(_ input: String) throws(UsageError) -> (kind: String, path: String) {
    if let sign = input.firstIndex(of: "=") {
      let (kind, path) = (String(input[..<sign]), String(input[input.index(after: sign)...]))
      if MapKinds.known(config).contains(kind) { return (kind, path) }
      // A name with `=` in it is a file's where there is one.
      guard FolderListing.isFile(input) else { throw UnknownKind(kind, in: [config]).error() }
    }
    return (try MapKinds.one(options.kind, of: config), input)
  }

  private mutating func add(_ path: String, of kind: String) throws(UsageError) {
    let stream = try stream(path, of: kind)
    if let place = inputs.firstIndex(where: { $0.kind == kind }) {
      inputs[place].streams.append(stream)
    } else {
      inputs.append(MappingInput(kind: kind, [stream]))
    }
  }

  private mutating func stream(_ path: String, of kind: String) throws(UsageError) -> RawStream {
    if let range = options.byteRange { return try part(path, range) }
    let descriptor =
      path == "-" ? InputDescriptor(interruption) : try InputDescriptor(path, interruption)
    size = if let size, let more = descriptor.size { size + more } else { nil }
    if descriptor.isTerminal { typedKind = kind }
    return RawStream(live: descriptor.name, objectsIn: options.layout) { try await descriptor.next() }
  }

  private mutating func part(_ path: String, _ range: Range<Int>) throws(UsageError) -> RawStream {
    guard FolderListing.isRegularFile(path) else {
      throw UsageError("--range needs a file, and \(path) is none", "check the path; a pipe has no parts")
    }
    do throws(Diagnostic) {
      size = max(0, min(range.upperBound, FolderListing.size(path)) - range.lowerBound)
      let stream = try RawStream.file(path, bytes: range)
      return RawStream(live: stream.name, objectsIn: stream.layout) { [interruption] in
        if interruption.signal != nil { throw Interruption.Noticed() }
        return try await stream.next()
      }
    } catch {
      throw UsageError([error])
    }
  }
}

/// Which kinds the arguments mean.
enum MapKinds {
  /// The one kind of an input that does not say it.
  ///
  /// - Throws: `UsageError` where it is not known which, or the config does not map it.
  static func one(_ given: [String], of config: PortAppConfig) throws(UsageError) -> String {
    try check(given, of: config)
    let kinds = known(config)
    let possible = given.isEmpty ? kinds : given
    if possible.count == 1 { return possible[0] }
    guard let first = possible.first else {
      throw UsageError("the config maps no kind", "add a resource to it")
    }
    guard given.isEmpty else {
      throw UsageError(
        "standard input holds objects of one kind, and several are given: \(given.joined(separator: ", "))",
        "name a file for each: --input \(given.map { "\($0)=FILE" }.joined(separator: " "))")
    }
    throw UsageError(
      "the config maps several kinds: \(kinds.prefix(12).joined(separator: ", "))\(kinds.count > 12 ? ", …" : "")",
      "say which the raw objects are of: --kind \(ShellWord.quoted(first)), for example")
  }

  /// Checks that the config maps all that are given.
  static func check(_ given: [String], of config: PortAppConfig) throws(UsageError) {
    let kinds = known(config)
    guard let unknown = given.first(where: { !kinds.contains($0) }) else { return }
    throw UnknownKind(unknown, in: [config]).error()
  }

  /// The kinds that `config` maps.
  static func known(_ config: PortAppConfig) -> [String] { config.resources.map(\.kind).unique }
}
