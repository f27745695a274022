import Portolan
import RawJSON

/// A new integration: its mapping, blueprints, fixtures and how it is fetched, inferred from what an API sends.
package struct Scaffold: Sendable {
  /// The integration's name.
  package let name: IntegrationName
  /// What is to be written.
  package private(set) var files: NewFiles
  /// The kinds, in their order.
  package let kinds: [String]
  /// What one ought to know of it, each a sentence: what was left out, and why.
  package let notes: [String]
  private let plan: IntegrationPlan

  /// Infers an integration from files of raw objects; each file's name says which kind they are of.
  ///
  /// - Throws: `DiagnosticsError` for files that cannot be used, with all that is wrong.
  package init(_ name: IntegrationName, samples paths: [String]) throws(DiagnosticsError) {
    var problems: [Diagnostic] = []
    var files: [SampleFile] = []
    for path in paths {
      do throws(Diagnostic) {
        files.append(try SampleFile(contentsOf: path))
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    do throws(Diagnostic) {
      self.init(name, try KindSamples.grouped(files))
    } catch {
      throw DiagnosticsError([error])
    }
  }

  /// Infers an integration from a description of an API, OpenAPI 3 or Swagger 2: the `kinds` of it, or its simplest
  /// ones.
  ///
  /// - Throws: `DiagnosticsError` for a file that cannot be used, and a kind that it does not have.
  package init(_ name: IntegrationName, openAPI path: String, kinds: [String]) throws(DiagnosticsError) {
    do throws(Diagnostic) {
      let document = try OpenAPIDocument(contentsOf: path)
      var found = OpenAPIKinds(document)
      let samples = try found.samples(kinds)
      self.init(name, samples, access: OpenAPIAccess(document).access(found.settings), notes: found.notes)
    } catch {
      throw DiagnosticsError([error])
    }
  }

  /// A starter with a kind `item` and two made-up objects.
  package init(starter name: IntegrationName) {
    let objects = Self.starterObjects.map { JSONView(valid: Array($0.utf8)) }
    var request = KindRequest(path: "/items")
    request.isPathGuessed = true
    let samples = KindSamples(name: "item", objects: objects, notes: SchemaNotes(), request: request)
    self.init(name, [samples], isStarter: true)
  }

  private static let starterObjects = [
    """
    {"id": "item-1", "name": "First item", "state": "open", "url": "https://example.com/items/item-1", \
    "createdAt": "2026-01-05T09:30:00Z", "labels": ["example"], "parent": null}
    """,
    """
    {"id": "item-2", "name": "Second item", "state": "closed", "url": "https://example.com/items/item-2", \
    "createdAt": "2026-01-06T14:00:00Z", "labels": ["example", "other"], "parent": {"id": "item-1"}}
    """,
  ]

  init(
    _ name: IntegrationName, _ samples: [KindSamples], access: Access = Access(), notes: [String] = [],
    isStarter: Bool = false
  ) {
    plan = IntegrationPlan(name, samples, access: access)
    self.name = name
    kinds = plan.kinds.map(\.kind)
    self.notes = notes
    let folder = ".port/\(name.text)"
    let fixtures = samples.map { samples in
      NewFiles.File("Fixtures/\(name.text)/\(samples.name).json", Self.fixture(samples.objects))
    }
    files = NewFiles(
      [
        NewFiles.File("\(folder)/resources/port-app-config.yml", MappingFile.bytes(plan)),
        NewFiles.File("\(folder)/resources/blueprints.json", BlueprintsFile.bytes(plan)),
        NewFiles.File("\(folder)/fetcher.yml", FetcherFile.bytes(plan)),
        NewFiles.File("\(folder)/spec.yml", SpecFile.bytes(plan)),
      ] + fixtures + [
        NewFiles.File("README.md", Papers.readme(plan, isStarter: isStarter), isOptional: true),
        NewFiles.File("CHANGELOG.md", Papers.changelog(plan), isOptional: true),
      ])
  }

  /// The same as a Swift package, in a folder of its name, that embeds the library and fetches in Swift.
  ///
  /// - Parameters:
  ///   - library: where the library is from.
  ///   - folder: the folder that the package's folder will be in.
  /// - Returns: what is to be written instead.
  /// - Throws: `DiagnosticsError` for a name that a package cannot have beside the library.
  package func swiftPackage(
    library: LibrarySource, in folder: String
  ) throws(DiagnosticsError) -> Scaffold {
    guard name.text.lowercased() != "portolan" else {
      throw DiagnosticsError([
        Diagnostic(
          .error, .invalidName, "a package called `\(name.text)` cannot depend on the library of that name",
          help: "name it after the API that it reads")
      ])
    }
    let package = SwiftPackage(plan, library: library, folder: PathText.join(folder, name.text))
    let kept = files.files.filter { !["README.md", "fetcher.yml"].contains(PathText.baseName($0.path)) }
    var scaffold = self
    scaffold.files = NewFiles(
      (package.files + [NewFiles.File("README.md", package.readme)] + kept).map { file in
        NewFiles.File(PathText.join(name.text, file.path), file.bytes)
      })
    return scaffold
  }

  private static func fixture(_ objects: [JSONView]) -> [UInt8] {
    var writer = JSONWriter(.indented)
    writer.array { writer in
      for object in objects { writer.value(object) }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the files into the folder at `folder`: all of them or none. README.md and CHANGELOG.md stay as they are
  /// where they are.
  ///
  /// - Returns: the paths of those that were written, from `folder`.
  /// - Throws: `DiagnosticsError`, with nothing written, where one is there already or cannot be written.
  package func write(into folder: String) throws(DiagnosticsError) -> [String] {
    // Such a folder holds one integration, in `.port` itself: another beside it would not be found.
    let other = PathText.join(folder, ".port/resources")
    guard !FolderListing.isFile(PathText.join(other, "port-app-config.yml")) else {
      throw DiagnosticsError([
        Diagnostic(
          .error, .existingFile, "\(other) holds an integration, laid out as Ocean's; nothing was written",
          help: "choose another folder with --output")
      ])
    }
    return try files.write(into: folder)
  }
}
