/// What goes over the channel, both ways: a kind, the number of the program that it is about, and a text or JSON.
///
/// The child greets. Its parent sends the limits and the programs, and then requests, each of which is answered.
struct SandboxMessage {
  enum Kind: UInt8 {
    /// What the child is: ``greeting``.
    case greeting = 0x67
    /// The limits: microseconds and bytes, eight bytes each.
    case limits = 0x6C
    /// A program's text.
    case program = 0x70
    /// Runs a program; the body is its input. Answered by one of the three outcomes.
    case run = 0x72
    /// Compiles a program. Answered by ``nothing``, or by ``failure`` with libjq's message.
    case compile = 0x63
    case value = 0x76
    case nothing = 0x6E
    case failure = 0x66
  }

  var kind: Kind
  var number = 0
  var body: [UInt8] = []

  init(_ kind: Kind, _ number: Int = 0, _ body: [UInt8] = []) {
    self.kind = kind
    self.number = number
    self.body = body
  }

  /// How large a result may be, in bytes: what it takes here is outside of the child's limits.
  static let resultLimit = 64 << 20

  /// How large an input may be: its length is four bytes in a message.
  static let inputLimit = 1 << 31

  /// What the two sides must have in common: this protocol's version, and libjq, for which the programs are written.
  static let greeting = "portolan sandbox 1 with libjq 1.\(LibJQVersion.loaded.rawValue)"
}

extension SandboxMessage {
  /// The bytes before the body: its length, the kind and the number.
  private static let headLength = 9

  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headLength + body.count)
    Self.append(UInt64(body.count), 4, to: &bytes)
    bytes.append(kind.rawValue)
    Self.append(UInt64(number), 4, to: &bytes)
    bytes += body
    return bytes
  }

  static func append(_ value: UInt64, _ count: Int, to bytes: inout [UInt8]) {
    for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (i * 8))) }
  }

  static func value(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// What has come of waiting for a message.
  enum Received {
    case message(SandboxMessage)
    case timeout
    /// The other side has closed its end, or sends what is no message.
    case closed
  }

  /// Waits for a message whose body has at most `limit` bytes.
  static func receive(
    from channel: Channel, limit: Int, until deadline: ContinuousClock.Instant?
  ) -> Received {
    guard let head = channel.read(headLength, until: deadline) else { return .timeout }
    guard head.count == headLength, let kind = Kind(rawValue: head[4]), value(head[..<4]) <= limit else {
      return .closed
    }
    let length = Int(value(head[..<4]))
    guard let body = channel.read(length, until: deadline) else { return .timeout }
    guard body.count == length else { return .closed }
    return .message(SandboxMessage(kind, Int(value(head[5...])), body))
  }

  func send(to channel: Channel, until deadline: ContinuousClock.Instant?) -> Channel.Outcome {
    channel.write(bytes, until: deadline)
  }
}
