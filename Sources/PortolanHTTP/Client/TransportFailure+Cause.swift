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
    case is HTTPParserError: self = .cut("the answer broke off, or was no HTTP")
    case let error as NIOHTTPDecompression.DecompressionError:
      self = error == .limit ? .tooLarge : .unreadable("it cannot be decompressed")
    case let error as NIOHTTPDecompression.ExtraDecompressionError:
      self =
        error == .truncatedData
        ? .cut("the compressed answer broke off") : .unreadable("it cannot be decompressed")
    case let error as NIOSSLExtraError: self = .refused("its certificate is not for this host: \(error)")
    case let error as NIOSSLError: self.init(error)
    case let error as IOError: self = .cut(Self.reason(error))
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
        .timeout
      case .remoteConnectionClosed: .cut("the connection was closed before the answer was whole")
      case .proxyAuthenticationRequired: .refused("the proxy wants a user name and a password")
      case .invalidProxyResponse: .refused("the proxy did not let it through")
      case .alreadyShutdown: .impossible("the client was shut down")
      default: .cut(error.shortDescription.lowercased())
      }
  }

  private init(_ error: NIOConnectionError) {
    if let failure = error.connectionErrors.first {
      let reason = (failure.error as? IOError).map(Self.reason) ?? "\(failure.error)"
      self = .unreachable("\(reason) (\(error.host):\(error.port))")
    } else {
      self = .unreachable("no computer is known by the name \(error.host)")
    }
  }

  private init(_ error: NIOSSLError) {
    let text = "\(error)"
    switch error {
    case .handshakeFailed where text.contains("CERTIFICATE_VERIFY_FAILED"):
      self = .refused("its certificate is signed by nobody who is trusted here")
    case .handshakeFailed where text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST"):
      self = .refused("it does not speak TLS: is it http://, or another port?")
    case .handshakeFailed where text.contains("eofDuringHandshake"):
      self = .cut("the TLS handshake broke off")
    case .handshakeFailed: self = .refused("the TLS handshake failed: \(text)")
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
