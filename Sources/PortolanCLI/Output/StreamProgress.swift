import Portolan

/// How far a stream is, in one line on standard error.
final class StreamProgress {
  private let line = LiveLine()
  /// How many bytes there will be, nil where that is not known.
  private let size: Int?

  /// Whether nothing else is written to the terminal.
  private let isAlone: Bool

  /// Progress over so many bytes. It is shown only if it `isAlone` on the terminal: entities would be glued to it.
  init(size: Int?, isAlone: Bool = true) {
    self.size = size
    self.isAlone = isAlone
  }

  /// Shows how many bytes and objects there were, the rate, and the time left where the size is known.
  func show(_ position: MappingProgress) {
    if isAlone { line.show(text(position)) }
  }

  /// Takes the line away.
  func clear() {
    line.clear()
  }

  private func text(_ position: MappingProgress) -> String {
    let bytes = position.bytes
    let rate = Double(bytes) / max(line.elapsed, 0.001)
    let text =
      "\(position.kind): \(position.objects.grouped) objects, \(megabytes(bytes)) MB, \(megabytes(Int(rate))) MB/s"
    guard let size, size > bytes, rate > 0 else { return text }
    return text + ", \(bytes * 100 / size) %, \(Int(Double(size - bytes) / rate) + 1) s left"
  }

  private func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }
}
