import Portolan

/// How far a stream is, in one line on standard error: only on a terminal, only after a second.
final class StreamProgress {
  private let stream = StandardStream.error
  private let size = StandardInput.size
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?

  /// Shows how many bytes and objects there were, the rate, and the time left where the size is known.
  func show(_ position: MappingProgress) {
    let now = ContinuousClock.now
    guard stream.isTerminal, now - start > .seconds(1),
      lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    lastShown = now
    let elapsed = (now - start) / .seconds(1)
    let bytes = position.bytes
    let rate = Double(bytes) / max(elapsed, 0.001)
    var line =
      "\(megabytes(bytes)) MB, \(position.objects.grouped) objects, \(megabytes(Int(rate))) MB/s"
    if let size, size > bytes, rate > 0 {
      line += ", \(bytes * 100 / size) %, \(Int(Double(size - bytes) / rate) + 1) s left"
    }
    stream.write("\r\u{1B}[K\(line)")
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { stream.write("\r\u{1B}[K") }
    lastShown = nil
  }

  private func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }
}
