import Logging
import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How a service's log is written.
package enum LogFormat: String, Sendable, CaseIterable {
  /// A line for a person: `14:02:11 resync: 120 created`.
  case text
  /// A JSON object a line, for a collector of logs.
  case json
}

/// Writes a service's log, a line an entry, with no secret in it.
package struct ServiceLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]

  private let format: LogFormat
  private let hasColour: Bool
  private let mask: @Sendable (String) -> String
  private let write: @Sendable (String) -> Void
  private let clock: @Sendable () -> Date

  /// Creates a handler.
  ///
  /// - Parameters:
  ///   - format: how lines look.
  ///   - hasColour: whether text has colours.
  ///   - mask: takes secrets out of a text.
  ///   - clock: the time.
  ///   - write: takes a line, with its end.
  package init(
    _ format: LogFormat, hasColour: Bool = false, mask: @escaping @Sendable (String) -> String,
    clock: @escaping @Sendable () -> Date = { Date() }, write: @escaping @Sendable (String) -> Void
  ) {
    self.format = format
    self.hasColour = hasColour
    self.mask = mask
    self.clock = clock
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let message = mask("\(event.message)")
    switch format {
    case .text: write(text(event.level, message))
    case .json: write(json(event.level, message, all))
    }
  }

  private func text(_ level: Logger.Level, _ message: String) -> String {
    let time = clock().formatted(.iso8601.time(includingFractionalSeconds: false)).prefix(8)
    let sign = Self.sign(level)
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    let head = hasColour ? "\u{1B}[2m\(time)\u{1B}[0m" : String(time)
    let word =
      sign.word.isEmpty ? "" : hasColour ? "\u{1B}[\(sign.colour)m\(sign.word)\u{1B}[0m " : sign.word + " "
    return "\(head) \(word)\(lines.joined(separator: "\n         "))\n"
  }

  private static func sign(_ level: Logger.Level) -> (word: String, colour: String) {
    switch level {
    case .trace, .debug: ("debug:", "2")
    case .info, .notice: ("", "0")
    case .warning: ("warning:", "33")
    case .error, .critical: ("error:", "31")
    }
  }

  private func json(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
    let bytes = JSONWriter.object { object in
      object.add("time", text: clock().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
      object.add("level", text: level.rawValue)
      object.add("message", text: message)
      for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
        object.add(key, text: mask("\(value)"))
      }
    }
    return String(decoding: bytes, as: UTF8.self) + "\n"
  }
}
