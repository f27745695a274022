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
    folder = PathText.tidy(FolderListing.absolute(PathText.parent(path)))
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

  /// Which of the known findings a command would find again.
  enum Scope {
    /// All of those in the files that it looks at.
    case all
    /// Those of the rules that need no data.
    case withoutData
    /// None for certain: it looks at a part of the data.
    case none
  }

  /// Takes in what was found in `files`, instead of what was known of them.
  mutating func replace(by findings: [FoundFinding], in files: [String], _ scope: Scope) {
    let covers = covers(files, scope)
    counts = counts.filter { !covers($0.key) }
    let kept = counts
    var found: [Entry: Int] = [:]
    for finding in findings { found[entry(finding), default: 0] += 1 }
    counts.merge(found) { _, new in new }
    counts.merge(kept) { max($0, $1) }
  }

  private func covers(_ files: [String], _ scope: Scope) -> (Entry) -> Bool {
    let names = Set(files.map(name))
    let ofData = Set(RuleLevels.rulesOfData.map(\.rawValue))
    return { entry in
      guard names.contains(entry.file) else { return false }
      return switch scope {
      case .all: true
      case .withoutData: !ofData.contains(entry.rule)
      case .none: false
      }
    }
  }

  /// How many findings it holds.
  var count: Int { counts.values.reduce(0, +) }

  /// Divides the `findings` in `files` into those that are new and the number of those that are known; and says how many
  /// known ones should have been found and were not.
  func divided(
    _ findings: [FoundFinding], in files: [String], _ scope: Scope
  ) -> (new: [FoundFinding], known: Int, stale: Int) {
    var left = counts
    let new = findings.filter { finding in
      let entry = entry(finding)
      guard let count = left[entry], count > 0 else { return true }
      left[entry] = count - 1
      return false
    }
    let covers = covers(files, scope)
    return (new, findings.count - new.count, left.filter { covers($0.key) }.values.reduce(0, +))
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
    let finding = found.finding
    var message = finding.messageWithoutNumbers
    // What follows is the example of one object.
    if RuleLevels.rulesOfData.contains(finding.rule), let end = message.firstRange(of: ": ") {
      message = String(message[..<end.lowerBound])
    }
    return Entry(
      file: name(finding.location?.file ?? found.file), rule: finding.rule.rawValue,
      field: finding.field ?? "", message: message)
  }

  /// A file's path from the baseline's folder, where it is in there.
  private func name(_ file: String) -> String {
    let path = PathText.tidy(FolderListing.absolute(file))
    return path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
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
