import Portolan
import PortolanHTTP

/// Fetches kinds one after another, and writes each into the fixtures.
struct FixtureFetch {
  /// What became of a kind.
  private struct Written {
    var kind: String
    var objects: Int
    var file: String
    var isAll: Bool
  }

  private let fetcher: IntegrationFetcher
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
    let fetched = FetchedObjects(kind)
    let failure = await fetched.take(requests, from: fetcher)
    fetched.progress.clear()
    if let failure {
      let file = writer.file(ofKind: kind)
      diagnostics.append(
        Diagnostic(
          .error, .fetchFailed, "objects of kind `\(kind)` were not fetched: \(failure)",
          help: FolderListing.isFile(file) ? "\(file) is as it was" : "\(file) is not written"))
    } else {
      write(fetched, kind)
    }
  }

  private mutating func write(_ fetched: FetchedObjects, _ kind: String) {
    do {
      let file = try writer.write(try redacted(fetched.objects), ofKind: kind)
      written.append(
        Written(kind: kind, objects: fetched.objects.count, file: file, isAll: fetched.isAll))
    } catch let error as Diagnostic {
      diagnostics.append(error)
    } catch {
      diagnostics.append(Diagnostic(.error, .fetchFailed, "objects of kind `\(kind)`: \(error)"))
    }
  }

  /// The objects without what is personal or secret. All of them are looked at first: a name may stand in one before
  /// the object that tells whose it is.
  private mutating func redacted(_ objects: [[UInt8]]) throws -> [[UInt8]] {
    guard var redaction else { return objects }
    for object in objects { try redaction.learn(from: object) }
    var redacted: [[UInt8]] = []
    for object in objects { redacted.append(try redaction.redact(object)) }
    self.redaction = redaction
    return redacted
  }

  /// `replaced: 3 names, 2 e-mail addresses`
  private static func summary(_ counts: Redaction.Counts) -> String {
    let parts = [
      (counts.names, "name"), (counts.emails, "e-mail address"), (counts.avatars, "avatar"),
      (counts.secrets, "secret"),
    ].filter { $0.0 > 0 }.map { count, word in
      "\(count.grouped) \(word)\(count == 1 ? "" : word.hasSuffix("s") ? "es" : "s")"
    }
    return parts.isEmpty ? "nothing in them had to be replaced" : "replaced: \(parts.joined(separator: ", "))"
  }

  /// Says on standard error what was written, and what of it was replaced.
  func report() {
    let stream = StandardStream.error
    for file in written {
      let count = "\(file.objects.grouped) \(file.objects == 1 ? "object" : "objects")"
      stream.write("\(file.kind): \(count)\(file.isAll ? "" : ", the first ones") → \(file.file)\n")
    }
    if let counts = redaction?.counts, !written.isEmpty { stream.write("\(Self.summary(counts))\n") }
  }
}

/// The objects of a kind, each once.
private final class FetchedObjects {
  private(set) var objects: [[UInt8]] = []
  /// Whether they are all that there are.
  private(set) var isAll = true
  let progress: FetchProgress
  private var known: Set<[UInt8]> = []

  init(_ kind: String) {
    progress = FetchProgress(kind)
  }

  /// Takes what `requests` give.
  ///
  /// - Returns: why that is not all, nil where it is, or where it was not to be more.
  func take(_ requests: [FetchRequest], from fetcher: IntegrationFetcher) async -> (any Error)? {
    for request in requests {
      var pages = fetcher.fetch(request).makeAsyncIterator()
      do {
        while let page = try await pages.next() { take(page) }
      } catch {
        guard (error as? Diagnostic)?.rule == .limitedFetch else { return error }
        isAll = false
      }
    }
    return nil
  }

  private func take(_ page: RawPage) {
    let found = page.objects
    for object in found where known.insert(object).inserted { objects.append(object) }
    progress.show(objects: found.count, bytes: page.bytes.count)
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
