/// How much an expression may take for one item before it is ended.
public struct JQLimits: Sendable, Hashable {
  /// Time for one expression on one item.
  public var timeout: Duration

  /// Memory for one expression, in bytes, beyond what the process has already.
  public var memory: Int

  /// Creates limits: a second and 512 MiB unless told otherwise.
  public init(timeout: Duration = .seconds(1), memory: Int = 512 << 20) {
    self.timeout = timeout
    self.memory = memory
  }
}
