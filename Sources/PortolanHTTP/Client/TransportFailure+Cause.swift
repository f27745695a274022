import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

extension TransportFailure {
  /// What an error of the HTTP client means.
  init(cause: any Error) {
    switch cause {
    case let failure as TransportFailure: self = failure
    case let error as HTTPClientError: self.init(error)
    case let error as NIOConnectionError: self.init(error)
    case is HTTPParserError: self = .cut("the answer broke off, or was not HTTP")
    case let error as NIOHTTPDecompression.DecompressionError:
      self = error == .limit ? .tooLarge : .unreadable("it cannot be decompressed")
    case let error as NIOHTTPDecompression.ExtraDecompressionError:
      self =
        error == .truncatedData
        ? .cut("the compressed answer broke off") : .unreadable("it cannot be decompressed")
    case is NIOSSLExtraError: self = .refused("its certificate is for another host", .certificate)
    case let error as NIOSSLError: self.init(error)
    case let error as IOError:
      // An address, unlike a name, is tried alone, and fails with its own error.
      let isReached = ![ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode)
      self = isReached ? .cut(Self.reason(error)) : .unreachable(Self.reason(error), .host)
    case is ChannelError: self = .cut("the connection was closed")
    default: self = .cut("\(cause)")
    }
  }

  private init(_ error: HTTPClientError) {
    self =
      switch error {
      case .readTimeout, .writeTimeout, .deadlineExceeded: .timeout
      case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout,
        .socksHandshakeTimeout:
        .unreachable("there was no connection within the timeout", .host)
      case .remoteConnectionClosed: .cut("the connection was closed before the answer was whole")
      case .proxyAuthenticationRequired: .refused("the proxy wants a user name and a password", .proxy)
      case .invalidProxyResponse: .refused("the proxy did not let it through", .proxy)
      case .alreadyShutdown: .impossible("the client was shut down")
      default: .cut(error.shortDescription.lowercased())
      }
  }

  private init(_ error: NIOConnectionError) {
    if let failure = error.connectionErrors.first {
      let reason = (failure.error as? IOError).map(Self.reason) ?? "\(failure.error)"
      self = .unreachable("\(reason) (\(error.host):\(error.port))", .host)
    } else {
      self = .unreachable("no host is known by the name \(error.host)", .host)
    }
  }

  private init(_ error: NIOSSLError) {
    let text = "\(error)"
    switch error {
    // BoringSSL's names of errors are only in its text.
    case .handshakeFailed where text.contains("CERTIFICATE_VERIFY_FAILED"):
      self = .refused(
        "its certificate is not trusted: it has expired, or nobody who is known here signed it", .certificate)
    case .handshakeFailed where text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST"):
      self = .refused("what answers does not speak TLS", .scheme)
    case .handshakeFailed where text.contains("eofDuringHandshake"):
      self = .cut("the TLS handshake broke off")
    case .handshakeFailed: self = .refused("the TLS handshake failed: \(text)", .scheme)
    default: self = .cut("the TLS connection broke off")
    }
  }

  private static func reason(_ error: IOError) -> String {
    switch error.errnoCode {
    case ECONNREFUSED: "connection refused"
    case ECONNRESET, EPIPE: "the connection was reset"
    case EHOSTUNREACH, ENETUNREACH: "there is no way to the host"
    case ETIMEDOUT: "the connection timed out"
    default: "\(error)"
    }
  }
}
