/// How it is seen that an event was sent by the API, and by nobody else.
///
/// It is only said here; the check itself is in PortolanEvents.
package enum EventVerification: Sendable, Hashable {
  /// A signature of the request's bytes with a secret that both sides know.
  case signature(Signature)
  /// A header that holds the secret itself.
  case header(String)
  /// HTTP's basic authentication: the secret is `user:password`.
  case basic

  /// Where a signature is, and what is signed.
  package struct Signature: Sendable, Hashable {
    /// The hash of the HMAC.
    package var hash: Hash
    /// The header that has the signature, or several of them.
    package var header: String
    /// What stands before each signature, as `sha256=`; nothing else is a signature then.
    package var prefix: String
    /// What is between several signatures; nil where there is one.
    package var separator: String?
    /// How a signature is written.
    package var encoding: Encoding
    /// What is signed.
    package var signed: [Part]
    /// What stands before the secret's own text, which is base64 then: `whsec_`; nil where the secret is its text.
    package var secretPrefix: String?
    /// The header with the event's own name; nil where there is none.
    package var idHeader: String?
    /// When it was sent; nil where that is not signed.
    package var timestamp: Timestamp?

    /// Creates a signature of the body in a header.
    package init(_ hash: Hash, header: String, prefix: String = "", encoding: Encoding = .hex) {
      self.hash = hash
      self.header = header
      self.prefix = prefix
      self.encoding = encoding
      signed = [.body]
    }
  }

  /// The hash of an HMAC.
  package enum Hash: String, Sendable, CaseIterable {
    case sha1, sha256, sha512
  }

  /// How a signature is written.
  package enum Encoding: String, Sendable, CaseIterable {
    case hex, base64
  }

  /// A part of what is signed.
  package enum Part: Sendable, Hashable {
    case text(String)
    case id
    case timestamp
    case body
  }

  /// When an event was sent, by what is signed.
  package struct Timestamp: Sendable, Hashable {
    /// The header that has it, in seconds since 1970.
    package var header: String
    /// How many seconds it may differ from the clock here.
    package var tolerance: Double

    /// Creates a timestamp.
    package init(header: String, tolerance: Double = 300) {
      self.header = header
      self.tolerance = tolerance
    }
  }
}

extension EventVerification {
  /// What is known of an API by its name.
  package static let presets: [String: EventVerification] = [
    "jira": .signature(Signature(.sha256, header: "x-hub-signature", prefix: "sha256=")),
    "github": .signature(Signature(.sha256, header: "x-hub-signature-256", prefix: "sha256=")),
    "gitlab": .header("x-gitlab-token"),
    "octopus": .header("x-octopus-webhook-secret"),
    "port": .signature(port),
    "slack": .signature(slack),
    "pagerduty": .signature(pagerDuty),
    "standard-webhooks": .signature(standard("webhook")),
    "svix": .signature(standard("svix")),
  ]

  /// What Port signs its own requests with: the secret is that of the client.
  private static var port: Signature {
    var signature = Signature(.sha256, header: "x-port-signature", prefix: "v1,", encoding: .base64)
    signature.signed = [.timestamp, .text("."), .body]
    signature.timestamp = Timestamp(header: "x-port-timestamp")
    return signature
  }

  private static var slack: Signature {
    var signature = Signature(.sha256, header: "x-slack-signature", prefix: "v0=")
    signature.signed = [.text("v0:"), .timestamp, .text(":"), .body]
    signature.timestamp = Timestamp(header: "x-slack-request-timestamp")
    return signature
  }

  /// PagerDuty sends several while a secret is changed: `v1=…,v1=…`.
  private static var pagerDuty: Signature {
    var signature = Signature(.sha256, header: "x-pagerduty-signature", prefix: "v1=")
    signature.separator = ","
    return signature
  }

  /// Standard Webhooks, https://www.standardwebhooks.com: `webhook-signature: v1,… v1,…`.
  private static func standard(_ name: String) -> Signature {
    var signature = Signature(.sha256, header: "\(name)-signature", prefix: "v1,", encoding: .base64)
    signature.separator = " "
    signature.signed = [.id, .text("."), .timestamp, .text("."), .body]
    signature.secretPrefix = "whsec_"
    signature.idHeader = "\(name)-id"
    signature.timestamp = Timestamp(header: "\(name)-timestamp")
    return signature
  }
}
