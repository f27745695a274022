import Hummingbird
import Logging
import Portolan
import PortolanEvents

/// Where Port, or somebody who knows a secret, asks for a resync.
package struct ResyncDoor: Sendable {
  private let verifiers: [EventVerifier]
  private let isOpen: Bool
  private let resync: ResyncLoop
  private let log: Logger
  private let refusals = QuietLog(seconds: 60)

  /// Creates a door.
  ///
  /// - Parameters:
  ///   - secret: what is sent as `Authorization: Bearer …`; nil where that is not taken.
  ///   - clientSecret: what Port signs its requests with; nil where it does not.
  ///   - isOpen: whether everybody may ask.
  ///   - resync: what is asked.
  ///   - log: where it says who was refused.
  /// - Throws: `EventVerifier.Unusable` for an empty secret.
  package init(
    secret: String?, clientSecret: String?, isOpen: Bool, resync: ResyncLoop, log: Logger
  ) throws(EventVerifier.Unusable) {
    var verifiers: [EventVerifier] = []
    if let secret {
      verifiers.append(try EventVerifier(.header("authorization"), secrets: ["Bearer \(secret)"]))
    }
    if let clientSecret, let port = EventVerification.presets["port"] {
      verifiers.append(try EventVerifier(port, secrets: [clientSecret]))
    }
    self.verifiers = verifiers
    self.isOpen = isOpen
    self.resync = resync
    self.log = log
  }

  func receive(_ request: Request) async throws -> Response {
    let body = try await request.bytes()
    let headers = Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }) { "\($0), \($1)" }
    guard isOpen || isGenuine(RawEvent(headers: headers, body: body)) else {
      return .json(.unauthorized) { $0.add("error", text: "the request is not seen to be genuine") }
    }
    let admission = await resync.request("a request to /resync asks for it")
    log.info("a resync was asked for at /resync: \(admission.words)")
    return .json(.accepted) { $0.add("status", text: admission.words) }
  }

  private func isGenuine(_ event: RawEvent) -> Bool {
    var reasons: [String] = []
    for verifier in verifiers {
      do throws(EventRefusal) {
        try verifier.check(event, at: ServiceClock.now)
        return true
      } catch {
        reasons.append("\(error)")
      }
    }
    refusals.say { _ in log.warning("a request to /resync was refused: \(reasons.joined(separator: "; "))") }
    return false
  }
}

extension ResyncLoop.Admission {
  /// What became of it.
  var words: String {
    switch self {
    case .begun: "it begins"
    case .queued: "it begins when the one that runs has ended"
    case .joined: "one that waits already stands for it, too"
    case .replacing: "the one that runs is ended for it"
    case .closed: "the service is ending"
    }
  }
}
