import Portolan

/// How far a stream is, in one line on standard error.
final class StreamProgress {
  private let line = LiveLine()
  /// How many bytes there will be, nil where that is not known.
  private let size: Int?

  /// Progress over so many bytes: those of standard input, if nothing else is said.
  init(size: Int? = StandardInput.size) {
    self.size = size
  }

  /// Shows how many bytes and objects there were, the rate, and the time left where the size is known.
  func show(_ position: MappingProgress) {
    line.show(text(position))
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
