/// Reads a file line by line. It belongs to one task at a time.
package final class FileLines {
  private let chunks: FileChunks
  private var buffer: [UInt8] = []
  private var start = 0
  private var hasEnded = false

  /// Opens the file at `path`.
  ///
  /// - Throws: `Diagnostic` where it cannot be read.
  package init(_ path: String) throws(Diagnostic) {
    do throws(FileError) {
      chunks = try FileChunks(path)
    } catch {
      throw error.diagnostic
    }
  }

  /// The next line without its end, nil after the last one.
  ///
  /// - Throws: `Diagnostic` where it cannot be read.
  package func next() throws(Diagnostic) -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if hasEnded { return last() }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      let chunk = try chunks.next()
      hasEnded = chunk.isEmpty
      buffer += chunk
    }
  }

  private func last() -> [UInt8]? {
    guard start < buffer.count else { return nil }
    defer { start = buffer.count }
    return Array(buffer[start...])
  }
}
