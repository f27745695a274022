import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that sends the very bytes that a test gives it: half an answer, too much, nothing.
///
/// ```swift
/// try await RawServer.run { request, number in
///   [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), .close]
/// } _: { server in
///   print(server.url, server.requests.count)
/// }
/// ```
public final class RawServer: Sendable {
  /// A request as it came.
  public struct Request: Sendable {
    /// `GET`
    public var method: String
    /// `/path?query`
    public var target: String
    /// Its headers, their names in small letters.
    public var headers: [(name: String, value: String)]
    /// Its body.
    public var body: String

    /// The first value of a header.
    public subscript(name: String) -> String? {
      headers.first { $0.name == name.lowercased() }?.value
    }
  }

  /// What the server does next.
  public enum Step: Sendable {
    /// Sends text.
    case send(String)
    /// Sends bytes.
    case bytes([UInt8])
    /// Waits.
    case pause(Duration)
    /// Waits until the client goes away.
    case hang
    /// Closes the connection.
    case close
    /// Goes on as a tunnel to a port on loopback, for a proxy.
    case tunnel(port: Int)

    /// A whole answer.
    public static func answer(
      _ status: Int = 200, _ body: String = "", headers: [(String, String)] = []
    ) -> Step {
      let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
      return .send("HTTP/1.1 \(status) Status\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n\(body)")
    }
  }

  /// Answers a request, whose number counts from 1.
  public typealias Answer = @Sendable (_ request: Request, _ number: Int) async -> [Step]

  /// Where it answers.
  public let url: String
  /// Its port.
  public let port: Int
  private let seen: Seen

  private final class Seen: Sendable {
    let requests = Mutex<[Request]>([])

    func add(_ request: Request) -> Int {
      requests.withLock { requests in
        requests.append(request)
        return requests.count
      }
    }
  }

  private init(port: Int, scheme: String, seen: Seen) {
    self.port = port
    url = "\(scheme)://127.0.0.1:\(port)"
    self.seen = seen
  }

  /// The requests that came so far.
  public var requests: [Request] { seen.requests.withLock { $0 } }

  /// Serves while `body` runs, with TLS where a certificate and its key are named.
  public static func run<Result: Sendable>(
    tls: TLSConfiguration? = nil, answer: @escaping Answer,
    _ body: @escaping @Sendable (RawServer) async throws -> Result
  ) async throws -> Result {
    let context = try tls.map { try NIOSSLContext(configuration: $0) }
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Nothing is read before somebody serves the connection, and none is served after the end.
      .childChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          if let context {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
          }
          return channel
        }
      }
    let seen = Seen()
    let server = RawServer(
      port: listener.channel.localAddress?.port ?? 0, scheme: tls == nil ? "http" : "https", seen: seen)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await listener.executeThenClose { connections in
          await withDiscardingTaskGroup { clients in
            do {
              for try await connection in connections {
                clients.addTask { try? await serve(connection, seen, answer) }
              }
            } catch {
              // The test is over.
            }
          }
        }
      }
      defer { group.cancelAll() }
      return try await body(server)
    }
  }

  private static func serve(
    _ channel: any Channel, _ seen: Seen, _ answer: Answer
  ) async throws {
    let connection = try await channel.eventLoop.submit {
      try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
    }.get()
    try await channel.setOption(.autoRead, value: true).get()
    try await connection.executeThenClose { inbound, outbound in
      var pieces = inbound.makeAsyncIterator()
      var received: [UInt8] = []
      while let request = try await nextRequest(&pieces, &received) {
        for step in await answer(request, seen.add(request)) {
          switch step {
          case .send(let text): try await outbound.write(ByteBuffer(string: text))
          case .bytes(let bytes): try await outbound.write(ByteBuffer(bytes: bytes))
          case .pause(let duration): try await Task.sleep(for: duration)
          case .hang: while try await pieces.next() != nil {}
          case .close: return
          case .tunnel(let port):
            try await tunnel(port, &pieces, outbound)
            return
          }
        }
      }
    }
  }

  private static func nextRequest(
    _ pieces: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator, _ received: inout [UInt8]
  ) async throws -> Request? {
    while true {
      if let (request, length) = parse(received) {
        received.removeFirst(length)
        return request
      }
      guard let piece = try await pieces.next() else { return nil }
      received += piece.readableBytesView
    }
  }

  private static func parse(_ bytes: [UInt8]) -> (Request, length: Int)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let first = lines.first?.split(separator: " ") ?? []
    let headers = lines.dropFirst().map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (
        name: parts[0].lowercased(),
        value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
      )
    }
    let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
    guard bytes.count >= end.upperBound + length, first.count >= 2 else { return nil }
    let body = String(decoding: bytes[end.upperBound..<(end.upperBound + length)], as: UTF8.self)
    return (
      Request(method: String(first[0]), target: String(first[1]), headers: headers, body: body),
      end.upperBound + length
    )
  }

  private static func tunnel(
    _ port: Int, _ pieces: inout NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    let target = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    try await target.executeThenClose { answers, requests in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { for try await piece in answers { try await outbound.write(piece) } }
        defer { group.cancelAll() }
        while let piece = try await pieces.next() { try await requests.write(piece) }
      }
    }
  }
}
