import PortolanCatalog
import PortolanHTTP
import RawJSON

/// What Port keeps of an integration's runs.
struct ResyncState: Sendable {
  /// A run is taken for dead that has said nothing for so long, in seconds.
  static let patience = 600.0

  /// `running`, `completed`, `failed`, `aborted`.
  let status: String
  /// When the run began, as it said.
  let start: String?
  /// When Port was told.
  let updatedAt: String?

  /// Reads the state in an integration; nil where there is none.
  init?(_ integration: JSONView) {
    guard let state = integration["resyncState"], let status = state["status"]?.text else { return nil }
    self.status = status
    start = state["lastResyncStart"]?.text
    updatedAt = state["updatedAt"]?.text
  }

  /// Whether a run seems to be at work at `date`, by the server's clock.
  func isAlive(at date: Double) -> Bool {
    let dates = [updatedAt, start].compactMap { $0.flatMap { CalendarDate.iso($0) } }
    guard status == "running", let said = dates.first else { return false }
    // A clock may be ahead, but not by so much that it means anything.
    return abs(date - said) < Self.patience
  }

  /// Whether it is what a run of this machine said, which is known to be dead. Where the start is not kept, the last run
  /// of this machine said it if that never said that it ended.
  func isTold(by note: RunNotes.Note) -> Bool {
    if let start { return note.starts.contains { Self.isSame(start, $0) } }
    return note.isOpen ?? false || Self.isSame(updatedAt, note.updatedAt)
  }

  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    guard let one = one.flatMap({ CalendarDate.iso($0) }), let other = other.flatMap({ CalendarDate.iso($0) })
    else { return false }
    return abs(one - other) < 0.002
  }
}
