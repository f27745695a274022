import Portolan

/// One line on standard error that says how far a long run is: only on a terminal, only after a second.
final class ProgressLine {
  private let stream = StandardStream.error
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?

  init() {
    start = clock.now
  }

  /// Shows how far the resource of `report` is, at most ten times a second.
  func show(_ report: ResourceReport, of name: String) {
    let now = clock.now
    guard stream.isTerminal, now - start > .seconds(1), lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    lastShown = now
    let seconds = (now - start).components.seconds
    let place = name.isEmpty ? report.kind : "\(name) \(report.kind)"
    stream.write("\r\u{1B}[K\(place): \(report.raw) objects, \(report.mapped) entities, \(seconds) s")
  }

  /// Takes the line away.
  func clear() {
    if lastShown != nil { stream.write("\r\u{1B}[K") }
    lastShown = nil
  }
}
