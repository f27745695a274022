import Portolan
import PortolanCatalog

/// Asks a person before something is deleted.
struct DeletionQuestion {
  let plan: SyncPlan
  let style: Style

  /// Whether a person can be asked.
  static var canAsk: Bool { StandardInput.isTerminal && StandardStream.error.isTerminal }

  /// `3 entities are deleted: jiraIssue ROUTE-12, …`
  var text: String {
    let total = plan.summary.total.delete
    let groups = plan.summary.removals.filter { $0.hold == nil }.map { group in
      let names = group.examples.prefix(3).map(ShownValue.text).joined(separator: ", ")
      return group.blueprint + " " + names + (group.count > 3 ? ", …" : "")
    }
    let list = TextColumns.fitted(groups.joined(separator: "; "), to: max(20, style.width - 40))
    return "\(total == 1 ? "1 entity is" : "\(total.grouped) entities are") deleted: \(list)"
  }

  /// What the person says. The end of the input is a no.
  func ask() -> Bool {
    let stream = StandardStream.error
    stream.write("\n" + style.bold(text) + "\n")
    while true {
      stream.write("Delete \(plan.summary.total.delete == 1 ? "it" : "them")? [y/N/list] ")
      switch readLine()?.trimmingSpaces.lowercased() {
      case "y", "yes": return true
      case nil:
        stream.write("\n")
        return false
      case "", "n", "no": return false
      case "l", "list": list()
      default: stream.write("Say y, n or list.\n")
      }
    }
  }

  private func list() {
    let style = style
    try? PlanReport(plan).forEachDeletion { keys in
      let lines = keys.map { "  \(style.red("−")) \(TextColumns.oneLine(ShownValue.text("\($0)")))\n" }
      StandardStream.error.write(lines.joined())
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
