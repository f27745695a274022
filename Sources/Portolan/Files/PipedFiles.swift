import Synchronization

/// What pipes and devices gave: they can be read once only, and a config is read by several who need it.
package enum PipedFiles {
  /// How much of one is read, in bytes.
  private static let limit = 64 << 20

  private static let texts = Mutex<[String: [UInt8]]>([:])

  /// All that the pipe at `path` gives, or gave when it was first read.
  static func read(_ path: String) throws(FileError) -> [UInt8] {
    if let text = text(of: path) { return text }
    let chunks = try FileChunks(path)
    var bytes: [UInt8] = []
    while true {
      let chunk: [UInt8]
      do throws(Diagnostic) {
        chunk = try chunks.next()
      } catch {
        throw FileError(message: error.message, help: error.help ?? "")
      }
      guard !chunk.isEmpty else { break }
      bytes += chunk
      guard bytes.count <= limit else {
        throw FileError(
          message: "\(path) gives more than \(limit >> 20) MB, or never ends",
          help: "give a file that is as small as a config")
      }
    }
    let text = bytes
    texts.withLock { $0[path] = text }
    return text
  }

  /// What the pipe at `path` gave, nil where it was not read.
  static func text(of path: String) -> [UInt8]? { texts.withLock { $0[path] } }
}
