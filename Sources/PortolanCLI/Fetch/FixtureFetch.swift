import Portolan

/// Fetches kinds one after another, and writes each into the fixtures.
struct FixtureFetch {
  /// What became of a kind.
  private struct Written {
    var kind: String
    var objects: Int
    var file: String
    var isAll: Bool
  }

  private let fetcher: any RawFetcher
  private let writer: FixtureWriter
  private var redaction: Redaction?
  private var written: [Written] = []
  /// What went wrong.
  private(set) var diagnostics: [Diagnostic] = []

  init(_ fetcher: IntegrationFetcher, _ writer: FixtureWriter, isRedacted: Bool) {
    self.fetcher = fetcher
    self.writer = writer
    redaction = isRedacted ? Redaction(secrets: fetcher.secrets) : nil
  }

  /// Fetches a kind. Where that fails, its file stays as it is.
  mutating func fetch(_ kind: String, _ requests: [FetchRequest]) async {
    let progress = FetchProgress(kind)
    defer { progress.clear() }
    var objects: [[UInt8]] = []
    var known: Set<[UInt8]> = []
    var isAll = true
    do {
      for request in requests {
        isAll = try await objects(of: request, fetcher, progress) { object in
          if known.insert(object).inserted { objects.append(object) }
        } && isAll
      }
      let shown = objects.map { redaction?.redact($0) ?? $0 }
      let file = try writer.write(shown, ofKind: kind)
      written.append(Written(kind: kind, objects: objects.count, file: file, isAll: isAll))
    } catch let error as Diagnostic {
      diagnostics.append(error)
    } catch {
      diagnostics.append(
        Diagnostic(
          .error, .fetchFailed, "objects of kind `\(kind)` were not fetched: \(error)",
          help: "\(writer.file(ofKind: kind)) is as it was"))
    }
  }

  /// Whether a request's objects are all that there are.
  private func objects(
    of request: FetchRequest, _ fetcher: some RawFetcher, _ progress: FetchProgress,
    _ receive: ([UInt8]) -> Void
  ) async throws -> Bool {
    do {
      for try await page in fetcher.fetch(request) {
        let objects = page.objects
        objects.forEach(receive)
        progress.show(objects: objects.count, bytes: page.bytes.count)
      }
    } catch let diagnostic as Diagnostic where diagnostic.rule == .limitedFetch {
      return false
    }
    return true
  }

  /// Says on standard error what was written, and what of it was replaced.
  func report() {
    let stream = StandardStream.error
    for file in written {
      let count = "\(file.objects.grouped) \(file.objects == 1 ? "object" : "objects")"
      stream.write("\(file.kind): \(count)\(file.isAll ? "" : ", the first ones") → \(file.file)\n")
    }
    if let redaction, !written.isEmpty { stream.write("\(redaction.summary)\n") }
  }
}

/// How far fetching is, in one line on standard error: only on a terminal.
final class FetchProgress {
  private let stream = StandardStream.error
  private let kind: String
  private let clock = ContinuousClock()
  private var lastShown: ContinuousClock.Instant?
  private var objects = 0
  private var bytes = 0

  init(_ kind: String) {
    self.kind = kind
    show(objects: 0, bytes: 0)
  }

  /// Shows how much has come, at most ten times a second.
  func show(objects: Int, bytes: Int) {
    self.objects += objects
    self.bytes += bytes
    let now = clock.now
    guard stream.isTerminal, lastShown.map({ now - $0 > .milliseconds(100) }) ?? true else { return }
    lastShown = now
    stream.write("\r\u{1B}[K\(kind): \(self.objects.grouped) objects, \((self.bytes / 1000).grouped) kB")
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { stream.write("\r\u{1B}[K") }
  }
}
