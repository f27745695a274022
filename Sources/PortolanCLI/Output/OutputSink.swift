#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Portolan

/// Where a result goes: standard output or a file.
struct OutputSink {
  var path: String?

  /// How text is written there.
  var style: Style {
    let stream = StandardStream.output
    guard path == nil else { return Style(hasColour: false, width: 100) }
    return Style(hasColour: stream.hasColour, width: stream.width ?? 100)
  }

  /// Writes the result. A file is replaced whole or not at all.
  func write(_ bytes: [UInt8]) throws(DiagnosticsError) {
    guard let path else {
      StandardStream.output.write(bytes)
      return
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw DiagnosticsError([
        Diagnostic(
          .error, .unreadableFile, "cannot write \(path)",
          help: "check that its folder exists and that you may write there")
      ])
    }
  }
}
