import Portolan

/// Raw objects that an argument names: a file, a line of one, or standard input.
enum InputFile {
  /// Reads the file at `path`, or standard input where that is `-`; of a file only the line number `line`, if given.
  ///
  /// - Throws: `UsageError` where it cannot be read, or has no such line.
  static func read(_ path: String, line: Int? = nil) async throws(UsageError) -> RawPage {
    let name = path == "-" ? "standard input" : path
    let bytes = try await bytes(path)
    guard let line else { return RawPage(bytes, location: SourceLocation(file: name, line: 1, column: 1)) }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count, !lines[line - 1].isEmpty else {
      let count = bytes.count { $0 == UInt8(ascii: "\n") } + (bytes.last == UInt8(ascii: "\n") ? 0 : 1)
      throw UsageError(
        "\(name) has no object in line \(line.grouped)", "give --line a number from 1 to \(count)")
    }
    return RawPage(Array(lines[line - 1]), location: SourceLocation(file: name, line: line, column: 1))
  }

  private static func bytes(_ path: String) async throws(UsageError) -> [UInt8] {
    guard path == "-" else {
      do throws(FileError) { return try FileBytes.read(path) } catch { throw UsageError([error.diagnostic]) }
    }
    let interruption = Interruption.noticing()
    do {
      let input = InputDescriptor(interruption)
      var bytes: [UInt8] = []
      while true {
        switch try await input.next() {
        case .bytes(let chunk): bytes += chunk
        case .pause: break
        case .end: return bytes
        }
      }
    } catch let diagnostic as Diagnostic {
      throw UsageError([diagnostic])
    } catch is Interruption.Noticed {
      if let signal = interruption.signal { Interruption.end(by: signal) }
      throw UsageError("reading was interrupted", nil)
    } catch {
      throw UsageError("\(error)", nil)
    }
  }
}

/// Raw objects that arguments name, by kind, instead of fixtures.
struct InputFetcher: RawFetcher {
  let pages: [String: RawPage]

  func fetch(_ request: FetchRequest) -> AsyncStream<RawPage> {
    AsyncStream { stream in
      if let page = pages[request.kind] { stream.yield(page) }
      stream.finish()
    }
  }
}
