import Foundation
import RawJSON
import Testing

@testable import Portolan

/// An example in the documentation: a mapping, raw objects, and the entities that come out.
struct DocsExample: Sendable, CustomTestStringConvertible {
  var page: String
  /// The line on which its mapping begins.
  var line: Int
  var mapping: String
  /// Raw objects by the kind that the block names; under an empty name those of the mapping's first kind.
  var raw: [(kind: String, json: String)] = []
  var entities: String?

  var testDescription: String { "\(page):\(line)" }

  /// The examples in the page at `path`.
  static func read(_ path: String) throws -> [DocsExample] {
    let text = try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    var examples: [DocsExample] = []
    for block in blocks(text) {
      let words = block.info.split(separator: " ").map(String.init)
      switch words.prefix(2) {
      case ["yaml", "mapping"]:
        examples.append(DocsExample(page: path, line: block.line, mapping: block.text))
      case ["json", "raw"]:
        let place = try #require(examples.indices.last, "\(path):\(block.line) is before any mapping")
        examples[place].raw.append((words.count > 2 ? words[2] : "", block.text))
      case ["json", "entity"]:
        let place = try #require(examples.indices.last, "\(path):\(block.line) is before any mapping")
        examples[place].entities = (examples[place].entities ?? "") + block.text
      default: continue
      }
    }
    return examples
  }

  private static func blocks(_ text: String) -> [(info: String, line: Int, text: String)] {
    var blocks: [(info: String, line: Int, text: String)] = []
    var open: (info: String, line: Int, text: String)?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if !line.hasPrefix("```") {
        open?.text += line + "\n"
      } else if let block = open {
        blocks.append(block)
        open = nil
      } else {
        open = (String(line.dropFirst(3)), number + 2, "")
      }
    }
    return blocks
  }

  /// The values in `text`, one after the other, each without white space.
  static func compact(_ text: String) -> [String] {
    var values: [String] = []
    RawPage(Array(text.utf8)).forEachObject { object in
      var json: [UInt8] = []
      object.json.withScanner { $0.copy($0.skipWhitespace(0)..<$0.count, into: &json) }
      values.append(String(decoding: json, as: UTF8.self))
    }
    return values
  }
}
