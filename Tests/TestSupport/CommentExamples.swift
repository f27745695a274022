import Foundation

/// The blocks of Swift in the comments of source files.
public struct CommentExamples {
  /// A block.
  public struct Block: Sendable {
    /// The file's name and the line of the block's first line.
    public var place: String
    /// The text, without white space around its lines.
    public var text: String
  }

  /// The blocks that were found.
  public private(set) var blocks: [Block] = []

  /// Reads the comments of all Swift files in a folder.
  public init(in folder: URL) throws {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      if file.pathExtension == "swift" { try read(file) }
    }
  }

  /// The lines of a file without white space around them: what ``missing(from:)`` looks into.
  public static func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// The places of the blocks that are not in a file.
  public func missing(from file: URL) throws -> [String] {
    let compiled = try Self.lines(file).joined(separator: "\n")
    return blocks.filter { !compiled.contains($0.text) }.map(\.place)
  }

  private mutating func read(_ file: URL) throws {
    var open: [String]?
    for (number, line) in try Self.lines(file).enumerated() where line.hasPrefix("///") {
      let text = line.dropFirst(3).trimmingCharacters(in: .whitespaces)
      if text == "```swift" {
        open = []
      } else if text == "```", let block = open {
        blocks.append(
          Block(
            place: "\(file.lastPathComponent):\(number + 1 - block.count)", text: block.joined(separator: "\n")))
        open = nil
      } else {
        open?.append(text)
      }
    }
  }
}
