/// The lines of a file that begin in a range of its bytes.
///
/// Ranges that together cover a file so give each line once, wherever they are cut. It belongs to one task at a time.
final class LineRange: @unchecked Sendable {
  private let chunks: FileChunks
  /// Lines that begin here or later are not of the range.
  private let end: Int
  /// Where in the file the next chunk begins.
  private var position: Int
  /// Whether the line that begins before the range has not ended yet.
  private var isBefore: Bool
  private var hasEnded = false

  /// Opens the file at `path`.
  init(_ path: String, _ range: Range<Int>) throws(FileError) {
    // The byte before the range tells whether a line begins with the range.
    position = max(0, range.lowerBound - 1)
    isBefore = range.lowerBound > 0
    end = range.upperBound
    hasEnded = range.isEmpty
    chunks = try FileChunks(path, from: position)
  }

  /// The next bytes of the range's lines, none at their end.
  ///
  /// - Throws: `Diagnostic` where the file cannot be read.
  func next() throws(Diagnostic) -> [UInt8] {
    while !hasEnded {
      let chunk = try chunks.next()
      guard !chunk.isEmpty else { break }
      let lines = lines(of: chunk)
      position += chunk.count
      if !lines.isEmpty { return Array(lines) }
    }
    hasEnded = true
    return []
  }

  /// The part of a chunk that is of the range's lines.
  private func lines(of chunk: [UInt8]) -> ArraySlice<UInt8> {
    var lines = chunk[...]
    if isBefore {
      guard let newline = lines.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
      isBefore = false
      lines = lines[(newline + 1)...]
      if position + newline + 1 >= end {
        hasEnded = true
        return []
      }
    }
    // The newline before the first line that begins after the range.
    let earliest = max(lines.startIndex, end - 1 - position)
    guard earliest < lines.endIndex, let last = lines[earliest...].firstIndex(of: UInt8(ascii: "\n")) else {
      return lines
    }
    hasEnded = true
    return lines[...last]
  }
}

extension RawStream {
  /// A stream of a file's objects.
  ///
  /// ```swift
  /// let half = try RawStream.file("issues.ndjson", bytes: 0..<500_000)
  /// let rest = try RawStream.file("issues.ndjson", bytes: 500_000..<Int.max)
  /// print(half, rest)
  /// ```
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - layout: where the objects are in it.
  /// - Returns: the stream.
  /// - Throws: ``Diagnostic`` where the file cannot be opened.
  public static func file(_ path: String, objectsIn layout: Layout = .objects) throws(Diagnostic) -> RawStream
  {
    do throws(FileError) {
      let chunks = try FileChunks(path)
      return RawStream(name: path, objectsIn: layout) { try chunks.next() }
    } catch {
      throw error.diagnostic
    }
  }

  /// A stream of the objects of a part of a file that holds one object a line: of the lines that begin at the bytes in
  /// `range`. Ranges that together cover a file give each line once, wherever they are cut.
  ///
  /// Lines are counted from the beginning of the part.
  ///
  /// - Throws: ``Diagnostic`` where the file cannot be opened.
  public static func file(_ path: String, bytes range: Range<Int>) throws(Diagnostic) -> RawStream {
    do throws(FileError) {
      let lines = try LineRange(path, range)
      let name = range.lowerBound > 0 ? "\(path) from byte \(range.lowerBound)" : path
      return RawStream(name: name, objectsIn: .lines) { try lines.next() }
    } catch {
      throw error.diagnostic
    }
  }
}
