import Portolan

/// A bar on standard error that says how far a long run is.
final class ProgressLine {
  private static let barWidth = 20

  private let line = LiveLine()

  /// Shows how far the run of the integration `name` is.
  func show(_ progress: DryRunProgress, of name: String) {
    line.show(Self.line(progress, name))
  }

  /// Takes the bar away.
  func clear() {
    line.clear()
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
