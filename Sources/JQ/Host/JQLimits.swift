/// How much an expression may take for one item before it is ended.
///
/// ```swift
/// let environment = JQEnvironment(limits: JQLimits(timeout: .seconds(5), memory: 1 << 30))
/// print(CompiledMapping(config, environment: environment).map(page, kind: "issue").count)
/// ```
public struct JQLimits: Sendable, Hashable {
  /// Processor time for one expression on one item.
  public var timeout: Duration

  /// Memory for one expression, in bytes, beyond what the process has already.
  public var memory: Int

  /// Creates limits: a second and 512 MiB unless told otherwise.
  public init(timeout: Duration = .seconds(1), memory: Int = 512 << 20) {
    self.timeout = timeout
    self.memory = memory
  }
}

extension JQLimits {
  /// A time limit of more than a year is none that anybody waits for, and what follows can calculate with it.
  private static let longest = Duration.seconds(400 * 24 * 3600)

  /// The time limit in whole microseconds, 1 at least: 0 would be no limit.
  var microseconds: Int64 {
    let (seconds, attoseconds) = min(max(timeout, .zero), Self.longest).components
    return max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  /// How long to wait for a process that has this much processor time, on a machine that has much else to do.
  var patience: Duration { .microseconds(microseconds) * 5 + .seconds(2) }

  /// The memory limit, 0 at least.
  var bytes: UInt64 { UInt64(max(0, memory)) }

  /// `1 s`, `0.25 s`
  var timeText: String {
    let milliseconds = microseconds / 1000
    var text = String(milliseconds / 1000)
    let fraction = milliseconds % 1000
    if fraction > 0 {
      text += "." + String(String(1000 + fraction).dropFirst())
      while text.last == "0" { text.removeLast() }
    }
    return text + " s"
  }

  /// `512 MB`
  var memoryText: String { "\(bytes >> 20) MB" }
}
