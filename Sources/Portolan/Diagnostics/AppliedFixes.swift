/// A text after the edits of fixes.
///
/// ```swift
/// let report = Linter().lint(.config(at: "port-app-config.yml"))
/// let applied = AppliedFixes(report.findings, to: report.source ?? [])
/// print(String(decoding: applied.text, as: UTF8.self), applied.diagnostics.count)
/// ```
public struct AppliedFixes: Sendable {
  /// The text, edited.
  public let text: [UInt8]
  /// What is mended, in the order of the text.
  public let diagnostics: [Diagnostic]

  /// Applies the fixes of `diagnostics` to `source`. Of fixes whose edits overlap or touch, the first is applied; one
  /// with an edit outside the text is not.
  public init(_ diagnostics: [Diagnostic], to source: [UInt8]) {
    let offsets = TextOffsets(source)
    var taken: [(range: Range<Int>, replacement: String)] = []
    var mended: [Diagnostic] = []
    for diagnostic in diagnostics {
      let edits = diagnostic.fix?.edits ?? []
      let places = edits.compactMap { edit in
        offsets.range(edit).map { (range: $0, replacement: edit.replacement) }
      }
      guard !edits.isEmpty, places.count == edits.count,
        !places.contains(where: { place in taken.contains { Self.touches($0.range, place.range) } })
      else { continue }
      taken += places
      mended.append(diagnostic)
    }
    var text: [UInt8] = []
    var done = 0
    for (range, replacement) in taken.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      // A fix whose own edits overlap has been made by mistake; what comes first counts.
      guard range.lowerBound >= done else { continue }
      text += source[done..<range.lowerBound] + Array(replacement.utf8)
      done = range.upperBound
    }
    self.text = text + source[done...]
    self.diagnostics = mended
  }

  private static func touches(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound
  }
}

/// Where lines begin in a text.
private struct TextOffsets {
  private let source: [UInt8]
  private let starts: [Int]

  init(_ source: [UInt8]) {
    self.source = source
    starts = [0] + source.indices.filter { source[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The bytes that an edit replaces; nil where it leads outside the text.
  func range(_ edit: Diagnostic.Fix.Edit) -> Range<Int>? {
    guard let start = offset(edit.start), let end = offset(edit.end), start <= end else { return nil }
    return start..<end
  }

  private func offset(_ location: SourceLocation) -> Int? {
    guard location.line >= 1, location.line <= starts.count, location.column >= 1 else { return nil }
    var offset = starts[location.line - 1]
    let end = location.line < starts.count ? starts[location.line] : source.count
    for _ in 1..<location.column {
      guard offset < end else { return nil }
      offset += 1
      while offset < end, source[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
