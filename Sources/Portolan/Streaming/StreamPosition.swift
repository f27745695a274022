/// How far a ``MappingStream`` is.
public struct StreamPosition: Sendable, Hashable {
  /// How many bytes have been read.
  public let bytesRead: Int
  /// How many raw objects have been mapped.
  public let objectsMapped: Int
}
