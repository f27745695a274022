import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a change of a file changed in the entities, for a person.
struct DifferenceReport {
  /// How many entities are listed.
  private static let limit = 20

  let style: Style

  /// The files that changed, and when that was seen.
  func heading(_ files: [String]) -> String {
    let names = files.prefix(3).map { TextColumns.oneLine(PathText.baseName($0)) }.joined(separator: ", ")
    let rest = files.count > 3 ? " and \(files.count - 3) more" : ""
    return "\(style.dim(Self.time))  \(style.bold(names))\(rest)\n"
  }

  /// What is shown where entities cannot be compared.
  var waiting: String { "  " + style.dim("waiting for a config that can be run whole") + "\n" }

  /// The differences; `count` is how many entities there are now, `failures` which fields fail anew.
  func render(_ differences: [EntityDifference], count: Int, failures: [WatchedRun.Failure]) -> String {
    let text = DifferenceText(style: style)
    var lines = differences.prefix(Self.limit).flatMap(text.lines)
    if differences.count > Self.limit {
      lines.append(style.dim("  … \((differences.count - Self.limit).grouped) more"))
    }
    lines += failures.map { failure in
      let place = TextColumns.oneLine("\(failure.field) of \(failure.kind)")
      return style.red("! ") + "\(place) failed \(failure.count.grouped) times: "
        + style.red(TextColumns.oneLine(failure.message))
    }
    lines.append(summary(differences, count))
    return lines.map { "  " + $0 + "\n" }.joined()
  }

  private func summary(_ differences: [EntityDifference], _ count: Int) -> String {
    let total = "\(count.grouped) \(count == 1 ? "entity" : "entities")"
    return (differences.isEmpty ? "no entity changed" : differences.counts) + style.dim("  of \(total)")
  }

  /// The time of day, as `14:03:07`.
  private static var time: String {
    let parts = Calendar.current.dateComponents([.hour, .minute, .second], from: Date())
    return [parts.hour, parts.minute, parts.second].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: ":")
  }
}
