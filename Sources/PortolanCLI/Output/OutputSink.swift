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

  /// Writes the result. A file is replaced whole or not at all; a device or pipe is written into.
  ///
  /// - Throws: `UsageError` for a file that cannot be written.
  func write(_ bytes: [UInt8]) throws(UsageError) {
    guard let path else {
      StandardStream.output.write(bytes)
      return
    }
    let file = try OutputFile(path)
    try file.write(bytes)
    try file.commit()
  }
}
