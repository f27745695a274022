/// The files of a Swift package that embeds the library, with a fetcher in Swift.
struct SwiftPackage {
  private let plan: IntegrationPlan
  private let library: LibrarySource
  /// The path or URL of the library, as the package writes it down.
  private let libraryText: String

  /// A package of `plan`, which is going to be in `folder`, with `library` from there.
  init(_ plan: IntegrationPlan, library: LibrarySource, folder: String) {
    self.plan = plan
    self.library = library
    libraryText = library.text(from: folder)
  }

  private var name: String { plan.name.text }
  /// The name of the module.
  private var module: String {
    let name = Words(of: plan.name.text).pascalCase ?? "Integration"
    return Self.takenNames.contains(name) ? name + "Integration" : name
  }

  /// Modules that the package imports or is built with, and what makes a type of the library with `Fetcher` after it.
  private static let takenNames: Set<String> = [
    "Swift", "Foundation", "FoundationNetworking", "Dispatch", "Testing", "PackageDescription", "Portolan",
    "Raw",
    "Fixture", "Synchronization", "Glibc", "Darwin", "Jq", "Json", "Test", "Main",
  ]

  /// What the environment variables begin with.
  private var prefix: String { Words(of: plan.name.text).all.joined(separator: "_").uppercased() }

  /// The files, by their paths in the package.
  var files: [NewFiles.File] {
    [
      NewFiles.File("Package.swift", filled(Self.package)),
      NewFiles.File("Sources/\(module)/\(module)Fetcher.swift", filled(Self.fetcher)),
      NewFiles.File("Sources/\(module)/\(module)API.swift", filled(Self.api)),
      NewFiles.File("Sources/\(module)/main.swift", filled(Self.main)),
      NewFiles.File("Tests/\(module)Tests/\(module)FetcherTests.swift", filled(Self.tests)),
      NewFiles.File("Dockerfile", filled(Self.dockerfile)),
      NewFiles.File(".dockerignore", Array(".build\n.git\n".utf8)),
      NewFiles.File(".gitignore", Array(".build/\n.swiftpm/\n.env\n".utf8)),
    ]
  }

  /// README.md.
  var readme: [UInt8] { filled(Self.readme) }

  /// The bytes of a template, each `«name»` in it replaced.
  private func filled(_ template: String) -> [UInt8] {
    let values = [
      "name": name, "module": module, "prefix": prefix, "title": plan.name.title, "dependency": dependency,
      "lists": lists, "firstKind": Self.literal(plan.kinds.first?.kind ?? "item"),
      "count": String(plan.kinds.count { $0.count > 0 }), "copy": copy, "build": build,
    ]
    var text = template
    for (key, value) in values { text = text.replacing("«\(key)»", with: value) }
    return Array(text.utf8)
  }

  private var dependency: String {
    switch library {
    case .repository: return ".package(url: \(Self.literal(libraryText)), branch: \"main\")"
    case .folder:
      return
        ".package(name: \"portolan\", path: Context.environment[\"PORTOLAN\"] ?? \(Self.literal(libraryText)))"
    }
  }

  /// How the image gets the library.
  private var copy: String {
    if case .repository = library { return "" }
    return """
      # The checkout of the library: docker build --build-context portolan=\(libraryText) .
      COPY --from=portolan . /portolan
      ENV PORTOLAN=/portolan

      """
  }

  private var build: String {
    if case .repository = library { return "docker build -t \(name) ." }
    return "docker build --build-context portolan=\(libraryText) -t \(name) ."
  }

  /// How each kind is listed, as members of a dictionary.
  private var lists: String {
    plan.kinds.map { kind in
      let steps = kind.request.items.map { ".key(\(Self.literal($0)))" }.joined(separator: ", ")
      let path = Self.literal(String(kind.request.path.dropFirst()))
      return "    \(Self.literal(kind.kind)): List(path: \(path), objects: [\(steps)]),"
    }.joined(separator: "\n")
  }

  private static func literal(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case _ where scalar.value < 0x20: literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
