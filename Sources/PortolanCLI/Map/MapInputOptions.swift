import ArgumentParser
import Portolan

/// What `map` reads: the arguments that say so.
struct MapInputOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The kind of the raw objects; with --live several. Without it the config's only kind, or with --live all.",
      valueName: "kind"),
    completion: Completions.kind)
  var kind: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files instead of standard input; KIND=FILE where there are several kinds, and - for standard input.",
      valueName: "file"),
    completion: .file())
  var input: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where the list of objects is, if each line or document is a page of them, as .values.",
      valueName: "path"))
  var items: String?

  @Option(
    help: ArgumentHelp(
      "Of the file of --input, only the lines that begin at these bytes; START:, :END and START:END. Ranges that cover a "
        + "file give each line once.", valueName: "start:end"))
  var range: String?

  @Flag(
    help: """
      One line out for each line in, in order and at once: {"entities": […], "kind": …, "status": …}, with status \
      mapped, filtered, skipped, failed, unparsed, invalid, empty (no items) or blank.
      """)
  var envelope = false

  /// The files that are read.
  var paths: [String] {
    input.map { $0.split(separator: "=", maxSplits: 1).last.map(String.init) ?? $0 }.filter { $0 != "-" }
  }

  func validate() throws {
    if let range, byteRange == nil {
      throw ValidationError(
        "--range takes bytes as START:END, such as 0:1000000 or 1000000:, and not `\(range)`")
    }
    if range != nil, input.count != 1 || input == ["-"] {
      throw ValidationError("--range is a part of one file: name it with --input FILE")
    }
    if items != nil, range != nil || envelope {
      throw ValidationError(
        "--items looks into documents, and \(range != nil ? "--range" : "--envelope") takes one object a line"
      )
    }
    if let items, ListPath(items) == nil {
      throw ValidationError(
        "--items takes a path of keys that leads to a list, as .values or .data.items, and not `\(items)`")
    }
  }

  /// The bytes that ``range`` says, nil where it says none.
  var byteRange: Range<Int>? {
    let ends = range?.split(separator: ":", omittingEmptySubsequences: false)
    guard let ends, ends.count == 2 else { return nil }
    guard let start = ends[0].isEmpty ? 0 : Int(ends[0]), let end = ends[1].isEmpty ? .max : Int(ends[1]),
      start >= 0, start <= end
    else { return nil }
    return start..<end
  }

  /// Where the objects are in the input.
  var layout: RawStream.Layout {
    if let path = items.flatMap(ListPath.init) { return .lists(at: path.path) }
    return envelope || range != nil ? .lines : .objects
  }
}

/// A path to a list, as it is typed: `.values`, `data.items[]`, `.`.
struct ListPath {
  let path: JSONPath

  /// The path that `text` is, nil where it is something else.
  init?(_ text: String) {
    let list = text.hasSuffix("[]") ? String(text.dropLast(2)) : text
    let jq = list.hasPrefix(".") ? list : "." + list
    guard let path = JSONPath(jq: jq) else { return nil }
    self.path = path
  }
}
