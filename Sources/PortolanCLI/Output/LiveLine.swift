import Portolan

/// A line on standard error that is written over again and again: only on a terminal, only after a second.
final class LiveLine {
  private let stream = StandardStream.error
  private let start = ContinuousClock.now
  private var lastShown: ContinuousClock.Instant?

  /// Whether a person sees it.
  var isSeen: Bool { stream.isTerminal }

  /// How long it has been there, in seconds.
  var elapsed: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Shows `text`, at most ten times a second.
  func show(_ text: @autoclosure () -> String) {
    let now = ContinuousClock.now
    guard stream.isTerminal, now - start > .seconds(1),
      lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    lastShown = now
    stream.write("\r\u{1B}[K" + TextColumns.fitted(text(), to: (stream.width ?? 80) - 1))
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { stream.write("\r\u{1B}[K") }
    lastShown = nil
  }
}
