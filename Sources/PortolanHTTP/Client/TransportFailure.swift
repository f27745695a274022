/// Why an exchange gave no whole answer.
enum TransportFailure: Error, Sendable, Hashable {
  /// What helps where there is no connection.
  enum Remedy: Sendable, Hashable {
    /// To name a host that can be reached.
    case host
    /// To trust whoever signed the certificate.
    case certificate
    /// To use the scheme and the port that the server speaks.
    case scheme
    /// To let the proxy know who it is for, or to go without it.
    case proxy
  }

  /// Nothing came for too long, or it took too long altogether.
  case timeout
  /// The connection was cut, before the answer or in the middle of it.
  case cut(String)
  /// There was no connection: refused, unknown host.
  case unreachable(String, Remedy)
  /// There will be no connection however often it is tried: a certificate, a proxy's password.
  case refused(String, Remedy)
  /// The answer is larger than the limit.
  case tooLarge
  /// The answer cannot be read.
  case unreadable(String)
  /// The request cannot be sent.
  case impossible(String)
}
