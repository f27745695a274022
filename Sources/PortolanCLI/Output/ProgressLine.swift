import Portolan

/// A bar on standard error that says how far a long run is: only on a terminal, only after a second.
final class ProgressLine {
  private static let barWidth = 20

  private let stream = StandardStream.error
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant?

  init() {
    start = clock.now
  }

  /// Shows how far the run of the integration `name` is, at most ten times a second.
  func show(_ progress: DryRunProgress, of name: String) {
    let now = clock.now
    guard stream.isTerminal, now - start > .seconds(1),
      lastShown.map({ now - $0 > .milliseconds(100) }) ?? true
    else { return }
    lastShown = now
    stream.write("\r\u{1B}[K" + TextColumns.fitted(Self.line(progress, name), to: (stream.width ?? 80) - 1))
  }

  /// Takes the bar away.
  func clear() {
    if lastShown != nil { stream.write("\r\u{1B}[K") }
    lastShown = nil
  }

  /// `█████░░░░░░░░░░░░░░░  25 %  jira issue: 2,000 objects`; without the bar where the end is not known.
  static func line(_ progress: DryRunProgress, _ name: String) -> String {
    let kind = progress.position.kind
    let place = name.isEmpty ? kind : "\(name) \(kind)"
    let count = "\(place): \(progress.position.objects.grouped) objects"
    guard let share = progress.share else { return count }
    let full = Int((share * Double(barWidth)).rounded(.down))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: barWidth - full)
    return "\(bar) \(Int(share * 100)) %  \(count)"
  }
}
