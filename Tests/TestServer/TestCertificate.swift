import NIOSSL

/// A certificate for 127.0.0.1 that nobody trusts but who is told to. It is for tests alone, so its key is no secret.
public enum TestCertificate {
  /// The certificate, which signs itself.
  public static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBRjCB7aADAgECAgEBMAoGCCqGSM49BAMCMBkxFzAVBgNVBAMMDlBvcnRvbGFu
    IHRlc3RzMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAZMRcwFQYD
    VQQDDA5Qb3J0b2xhbiB0ZXN0czBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP+a
    6SXEuxw3ElfB0dNBG/fAuW+wVM+zsIXgZ+qWR2lNZWrp0lypUjPuHO791fcfSsjx
    6BnfCRpHzuxZZ2RCvlmjJDAiMA8GA1UdEQQIMAaHBH8AAAEwDwYDVR0TAQH/BAUw
    AwEB/zAKBggqhkjOPQQDAgNIADBFAiAbZG6zPzaAvFa2MfbhrWBSB8fADMdNHUsl
    LdQw+u77+wIhAMFpnuttIYIWSJInJYo9+CQSGoEmWTMySpjfWFmXj9Hn
    -----END CERTIFICATE-----
    """

  /// TLS as a server with the certificate speaks it.
  public static func serverConfiguration() throws -> TLSConfiguration {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8))
    let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
    return .makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
  }

  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfJw6y8rcQBejsuuu
    VcJUB2d0BjOygOSRy5iLxNWQp+KhRANCAAT/muklxLscNxJXwdHTQRv3wLlvsFTP
    s7CF4GfqlkdpTWVq6dJcqVIz7hzu/dX3H0rI8egZ3wkaR87sWWdkQr5Z
    -----END PRIVATE KEY-----
    """
}
