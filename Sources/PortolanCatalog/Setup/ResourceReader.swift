import Portolan
import RawJSON

/// Reads the files of a folder, collecting what is wrong on the way.
struct ResourceReader {
  private let folder: String
  private(set) var blueprints: [[UInt8]] = []
  private(set) var resources: [CatalogResource] = []
  private var diagnostics: [Diagnostic] = []
  /// What was read so far, and where: by kind, blueprint and identifier.
  private var known: [[String]: SourceLocation] = [:]

  init(folder: String) {
    self.folder = folder
  }

  mutating func read() throws(DiagnosticsError) {
    guard FolderListing.isFolder(folder) else {
      throw DiagnosticsError([
        Diagnostic(
          .error, .unreadableFile, "there is no folder \(folder)",
          help: "name the folder that holds blueprints.json, or make it")
      ])
    }
    for entry in entries("blueprints") { readBlueprint(entry) }
    for entry in entries("actions") { readResource(.action, entry, of: nil) }
    for entry in entries("scorecards") { readScorecards(entry) }
    for entry in entries("pages") { readResource(.page, entry, of: nil) }
    guard diagnostics.isEmpty else { throw DiagnosticsError(diagnostics) }
  }

  // MARK: Files

  /// The objects of the file called `name`, which holds a list of them, or a single one.
  private mutating func entries(_ name: String) -> [PlacedDocument] {
    let paths = ["json", "yaml", "yml"].map { PathText.join(folder, "\(name).\($0)") }
      .filter { FolderListing.isFile($0) }
    guard let path = paths.first else { return [] }
    if let second = paths.dropFirst().first {
      report("there are both \(path) and \(second)", "keep one of them", SourceLocation(startOf: second))
    }
    do throws(DiagnosticsError) {
      let document = try PlacedDocument(contentsOf: path)
      return objects(document.elements ?? [document], "an entry of \(name)")
    } catch {
      diagnostics += error.diagnostics
      return []
    }
  }

  private mutating func objects(_ documents: [PlacedDocument], _ what: String) -> [PlacedDocument] {
    for document in documents where !document.isObject {
      let kind = JSONView(valid: document.json).kind
      report("\(what) is an object; this is \(kind.phrase)", "remove it, or write it out", document.location)
    }
    return documents.filter(\.isObject)
  }

  // MARK: What is in them

  private mutating func readBlueprint(_ document: PlacedDocument) {
    let json = document.json
    if let refusal = EntityValidation.refusal(ofBlueprint: json) {
      return report(refusal.message, "correct it, or export the blueprint from Port again", document.location)
    }
    guard let identifier = identifier(document, "blueprint") else { return }
    if isNew(["blueprint", identifier], "the blueprint `\(identifier)`", document) {
      blueprints.append(json)
    }
  }

  private mutating func readScorecards(_ document: PlacedDocument) {
    guard let blueprint = text(document["blueprint"]) else {
      return report(
        "this names no `blueprint` that its scorecards are for",
        #"write "blueprint": "service", "data": […]"#,
        document.location)
    }
    guard let data = document["data"]?.elements else {
      return report(
        "this has no `data`, the list of its scorecards", #"write "blueprint": "service", "data": […]"#,
        (document["data"] ?? document).location)
    }
    for scorecard in objects(data, "a scorecard") { readResource(.scorecard, scorecard, of: blueprint) }
  }

  private mutating func readResource(
    _ kind: CatalogResource.Kind, _ document: PlacedDocument, of blueprint: String?
  ) {
    guard let identifier = identifier(document, kind.rawValue) else { return }
    let owner = blueprint.map { " of `\($0)`" } ?? ""
    let key = [kind.rawValue, blueprint ?? "", identifier]
    guard isNew(key, "the \(kind.rawValue) `\(identifier)`\(owner)", document) else { return }
    resources.append(CatalogResource(kind, identifier, of: blueprint, json: document.json))
  }

  private mutating func identifier(_ document: PlacedDocument, _ what: String) -> String? {
    if let identifier = text(document["identifier"]), !identifier.isEmpty { return identifier }
    let place = (document["identifier"] ?? document).location
    report("this \(what) has no `identifier`", "add the name that it is known by", place)
    return nil
  }

  private func text(_ document: PlacedDocument?) -> String? {
    document.flatMap { JSONView(valid: $0.json).text }
  }

  private mutating func isNew(_ key: [String], _ what: String, _ document: PlacedDocument) -> Bool {
    guard let first = known[key] else {
      known[key] = document.location
      return true
    }
    report(
      "\(what) is listed a second time", "remove one of the two; the other is at \(first)", document.location)
    return false
  }

  private mutating func report(_ message: String, _ help: String, _ location: SourceLocation) {
    diagnostics.append(Diagnostic(.error, .invalidResources, message, help: help, at: location))
  }
}
