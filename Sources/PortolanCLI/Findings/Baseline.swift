import Portolan
import RawJSON

/// Findings that are known and do not count, in a file that a project keeps.
///
/// What a finding is known by stays the same when lines move or counts change: its file, rule and field, and its
/// message without numbers.
struct Baseline {
  /// What a finding is known by.
  struct Entry: Hashable {
    var file: String
    var rule: String
    var field: String
    var message: String
  }

  /// How many findings of each entry are known.
  private var counts: [Entry: Int] = [:]
  /// The folder from which files are named.
  private let folder: String

  /// A baseline without findings, for a file at `path`.
  init(at path: String) {
    folder = FolderListing.absolute(PathText.parent(path))
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: `UsageError` where it is no baseline.
  init(contentsOf path: String) throws(UsageError) {
    self.init(at: path)
    let source: [UInt8]
    do throws(FileError) { source = try FileBytes.read(path) } catch { throw UsageError([error.diagnostic]) }
    let list = (try? JSONView(validating: source))?["findings"]?.elements
    guard let list else {
      throw UsageError(
        "\(path) is no baseline: it has no list `findings`", "write it anew with --update-baseline")
    }
    for finding in list {
      func text(_ name: String) -> String { finding[name]?.text ?? "" }
      let entry = Entry(
        file: text("file"), rule: text("rule"), field: text("field"), message: text("message"))
      counts[entry, default: 0] += 1
    }
  }

  /// Takes in what was found.
  mutating func add(_ findings: [FoundFinding]) {
    for finding in findings { counts[entry(finding), default: 0] += 1 }
  }

  /// How many findings it holds.
  var count: Int { counts.values.reduce(0, +) }

  /// Divides `findings` into those that are new and the number of those that are known; and says how many known ones
  /// were not found.
  func divided(_ findings: [FoundFinding]) -> (new: [FoundFinding], known: Int, stale: Int) {
    var left = counts
    let new = findings.filter { finding in
      let entry = entry(finding)
      guard let count = left[entry], count > 0 else { return true }
      left[entry] = count - 1
      return false
    }
    return (new, findings.count - new.count, left.values.reduce(0, +))
  }

  /// The file: an entry a line, sorted, so that versions of it merge line by line.
  var json: [UInt8] {
    let lines = counts.flatMap { entry, count in
      Array(repeating: "    " + String(decoding: json(entry), as: UTF8.self), count: count)
    }.sorted()
    let list = lines.isEmpty ? "[]" : "[\n\(lines.joined(separator: ",\n"))\n  ]"
    return Array("{\n  \"findings\": \(list)\n}\n".utf8)
  }

  private func json(_ entry: Entry) -> [UInt8] {
    JSONWriter.object(.spaced) { object in
      object.add("file", text: entry.file)
      object.add("rule", text: entry.rule)
      if !entry.field.isEmpty { object.add("field", text: entry.field) }
      object.add("message", text: entry.message)
    }
  }

  private func entry(_ found: FoundFinding) -> Entry {
    let path = FolderListing.absolute(found.finding.location?.file ?? found.file)
    return Entry(
      file: path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path,
      rule: found.finding.rule.rawValue, field: found.finding.field ?? "",
      message: found.finding.messageWithoutNumbers)
  }
}

extension Diagnostic {
  /// The message, in which each number outside of code is `#`: counts and places change, and it is the same finding.
  var messageWithoutNumbers: String {
    var text = ""
    var isCode = false
    for character in message {
      if character == "`" { isCode.toggle() }
      guard !isCode, character.isNumber else {
        text.append(character)
        continue
      }
      if text.last != "#" { text.append("#") }
    }
    return text.replacing("#,#", with: "#")
  }
}
