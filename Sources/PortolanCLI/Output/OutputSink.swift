import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a result goes: standard output or a file.
struct OutputSink {
  var path: String?

  /// How text is written there.
  var style: Style {
    let stream = StandardStream.output
    guard path == nil else { return Style(hasColour: false, width: 100) }
    return Style(hasColour: stream.hasColour, width: stream.width ?? 100)
  }

  /// Writes the result. A file is replaced whole or not at all; a device or pipe is written into.
  ///
  /// - Throws: `UsageError` for a file that cannot be written.
  func write(_ bytes: [UInt8]) throws(UsageError) {
    guard let path else {
      StandardStream.output.write(bytes)
      return
    }
    do {
      try Data(bytes).write(to: URL(filePath: path), options: isReplaceable(path) ? .atomic : [])
    } catch {
      throw UsageError("cannot write \(path)", "check that its folder exists and that you may write there")
    }
  }

  private func isReplaceable(_ path: String) -> Bool {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return true }
    return attributes[.type] as? FileAttributeType == .typeRegular
  }
}
