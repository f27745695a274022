import CZlib

/// Why bytes cannot be decompressed.
package enum GzipError: Error, Sendable, Hashable {
  /// They end inside of a member.
  case truncated
  /// A member is damaged, or what follows one is no member.
  case broken
  /// There is no memory for it.
  case noMemory
}

/// Decompresses gzip (RFC 1952), of any number of members, a part at a time. It belongs to one task at a time.
///
/// It holds the compressed bytes that it was given last and gives a part of bounded size of what they hold: memory
/// grows with neither the stream nor its compression.
package final class Gunzip {
  /// How many bytes are given at once, at most.
  private static let partSize = 1 << 18
  /// The largest window (15), and the wrapper of gzip alone (16): so zlib's manual has it.
  private static let windowBits: Int32 = 15 + 16

  // zlib remembers where this is, so it stays in one place.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isUsable: Bool
  private var input: [UInt8] = []
  /// How much of the input has been used.
  private var position = 0
  /// Whether a member has begun and not ended.
  private var isInMember = false

  package init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isUsable =
      inflateInit2_(stream, Self.windowBits, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    if isUsable { inflateEnd(stream) }
    stream.deallocate()
  }

  /// Adds compressed bytes. Those before them have been used: ``next()`` gave nothing more.
  package func append(_ bytes: [UInt8]) {
    input = bytes
    position = 0
  }

  /// The next decompressed bytes, none where more compressed ones are needed.
  package func next() throws(GzipError) -> [UInt8] {
    guard isUsable else { throw .noMemory }
    while isInMember || beginsMember() {
      var status = Z_OK
      let part = [UInt8](unsafeUninitializedCapacity: Self.partSize) { buffer, count in
        status = inflate(into: buffer)
        count = buffer.count - Int(stream.pointee.avail_out)
      }
      switch status {
      case Z_STREAM_END:
        isInMember = false
        inflateReset(stream)
      case Z_OK: break
      // No progress is possible: all of the input is used.
      case Z_BUF_ERROR: return []
      case Z_MEM_ERROR: throw .noMemory
      default: throw .broken
      }
      if !part.isEmpty { return part }
    }
    guard position == input.count else { throw .broken }
    return []
  }

  /// Says that there is no more input.
  package func finish() throws(GzipError) {
    if isInMember { throw .truncated }
  }

  /// Whether the next byte begins a member. Zeros between members are padding, as tapes have it.
  private func beginsMember() -> Bool {
    while position < input.count, input[position] == 0 { position += 1 }
    isInMember = position < input.count && input[position] == 0x1F
    return isInMember
  }

  private func inflate(into output: UnsafeMutableBufferPointer<UInt8>) -> Int32 {
    // Safe: zlib reads at most `avail_in` bytes, which the array holds from there and which only its own
    // `next_in` points to while it does, and writes at most `avail_out`, which the buffer has room for.
    input.withUnsafeMutableBufferPointer { input in
      stream.pointee.next_in = input.baseAddress.map { $0 + position }
      stream.pointee.avail_in = UInt32(input.count - position)
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      let status = CZlib.inflate(stream, Z_NO_FLUSH)
      position = input.count - Int(stream.pointee.avail_in)
      return status
    }
  }
}
