import Portolan
import PortolanCatalog
import PortolanEvents
import RawJSON

/// Dead letters for a person, or as JSON.
struct DeadLetterReport {
  let style: Style

  /// `1 dead letter`
  static func count(_ count: Int) -> String { count == 1 ? "1 dead letter" : "\(count.grouped) dead letters" }

  /// A line each.
  func table(_ letters: [DeadLetter]) -> String {
    guard !letters.isEmpty else {
      return "no dead letters: every event is in the catalog, or waits for its turn\n"
    }
    let head = ["number", "given up", "attempts", "object", "why"].map { TextColumns.Cell($0, style.dim) }
    let rows = letters.map { letter in
      [
        TextColumns.Cell("\(letter.number)", style.bold), TextColumns.Cell(Self.time(letter.buriedAt)),
        TextColumns.Cell("\(letter.attempts)"), TextColumns.Cell(Self.name(letter)),
        TextColumns.Cell(TextColumns.oneLine(letter.error)),
      ]
    }
    let lines = TextColumns.lines([head] + rows, [.right, .left, .right, .left, .left])
    return lines.map { TextColumns.cut($0, to: style.width) + "\n" }.joined()
      + "\n" + Self.count(letters.count)
      + "; `portolan events show NUMBER` shows one, `portolan events retry NUMBER` tries it again\n"
  }

  /// One with all that it holds.
  func whole(_ letter: DeadLetter) -> String {
    var lines = [
      "number    \(letter.number)", "object    \(Self.name(letter))",
      "received  \(Self.time(letter.receivedAt))",
      "given up  \(Self.time(letter.buriedAt)), after \(letter.attempts) attempts",
      "why       \(TextColumns.oneLine(letter.error))", "",
    ]
    for (name, value) in (letter.event?.headers ?? [:]).sorted(by: { $0.key < $1.key }) {
      lines.append(TextColumns.oneLine("\(name): \(value)"))
    }
    lines.append(
      TextColumns.oneLine(String(decoding: letter.object?.json ?? letter.event?.body ?? [], as: UTF8.self)))
    return lines.joined(separator: "\n") + "\n"
  }

  /// An object a line.
  func json(_ letters: [DeadLetter]) -> String {
    letters.map { letter in
      let bytes = JSONWriter.object { object in
        object.add("number", Int(letter.number))
        object.add("source", text: letter.source)
        object.add("receivedAt", text: CatalogTime.text(letter.receivedAt))
        object.add("buriedAt", text: CatalogTime.text(letter.buriedAt))
        object.add("attempts", letter.attempts)
        object.add("error", text: letter.error)
        if let found = letter.object {
          object.add("kind", text: found.kind)
          object.add("key", text: found.key)
          object.add("object", json: found.json)
        }
      }
      return String(decoding: bytes, as: UTF8.self) + "\n"
    }.joined()
  }

  private static func name(_ letter: DeadLetter) -> String {
    letter.object.map { TextColumns.oneLine("\($0.kind) \($0.key)") } ?? "not understood"
  }

  /// `2026-11-26 04:02:01`
  private static func time(_ seconds: Double) -> String {
    String(CatalogTime.text(seconds).prefix(19)).replacing("T", with: " ")
  }
}
