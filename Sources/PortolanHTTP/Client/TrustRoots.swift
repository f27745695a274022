import NIOSSL
import Portolan

/// Whose certificates are trusted: those of the system, or those that the environment names.
enum TrustRoots {
  /// TLS with the certificates of `SSL_CERT_FILE` and `SSL_CERT_DIR`; nil for the system's own.
  ///
  /// - Throws: ``APIError`` for a file that has no certificates.
  static func configuration(environment: [String: String]) throws(APIError) -> TLSConfiguration? {
    var roots: [NIOSSLCertificate] = []
    var isNamed = false
    if let file = named("SSL_CERT_FILE", environment) {
      isNamed = true
      roots += try certificates("SSL_CERT_FILE", file)
    }
    if let folders = named("SSL_CERT_DIR", environment) {
      isNamed = true
      for folder in folders.split(separator: ":") { roots += certificates(in: String(folder)) }
    }
    guard isNamed else { return nil }
    guard !roots.isEmpty else {
      throw problem("SSL_CERT_DIR", "there is none in \(environment["SSL_CERT_DIR"] ?? "it")")
    }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(roots)
    return configuration
  }

  private static func named(_ name: String, _ environment: [String: String]) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func certificates(_ name: String, _ path: String) throws(APIError) -> [NIOSSLCertificate] {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw problem(name, error.diagnostic.message)
    }
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
      throw problem(name, "\(path) has no certificate in the PEM format")
    }
    return certificates
  }

  /// A folder of certificates also has other files, and links to the same ones by their hash.
  private static func certificates(in folder: String) -> [NIOSSLCertificate] {
    let names = FolderListing.names(folder)
    let all = names.compactMap { name in
      (try? FileBytes.read("\(folder)/\(name)")).flatMap { try? NIOSSLCertificate.fromPEMBytes($0) }
    }
    return Array(Set(all.flatMap(\.self)))
  }

  private static func problem(_ name: String, _ message: String) -> APIError {
    APIError(
      setup: "the certificates of \(name) cannot be used: \(message)",
      advice: "name a file or a folder with certificates in the PEM format, or none for the system's own")
  }
}
